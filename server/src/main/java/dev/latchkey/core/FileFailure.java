package dev.latchkey.core;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a file could not be used, in words for people: the exceptions name a file, or a reason, or both.
 *
 * @param file which one, where that is known
 * @param reason stands within a sentence
 * @param advice a sentence
 */
public record FileFailure(Optional<String> file, String reason, String advice) {
    private static final String AGAIN = "Check the path and the disk, then run this again.";

    public static FileFailure of(IOException failed) {
        Optional<String> file = failed instanceof FileSystemException named && named.getFile() != null
                ? Optional.of(named.getFile())
                : Optional.empty();
        return switch (failed) {
            case AccessDeniedException denied ->
                new FileFailure(
                        file,
                        "permission denied",
                        "Run this as a user who may, such as the server's, or change the permissions.");
            case NoSuchFileException absent ->
                new FileFailure(file, "there is no such file or folder", "Check the path.");
            case FileAlreadyExistsException present ->
                new FileFailure(file, "it is there already", "Remove it or name another.");
            case CharacterCodingException binary ->
                new FileFailure(file, "it is no text in UTF-8", "Check that it is the right file.");
            case FileSystemException other ->
                ofReason(file, Optional.ofNullable(other.getReason()).orElse("it cannot be used as it is"));
            default -> ofReason(file, String.valueOf(failed.getMessage()));
        };
    }

    public static FileFailure of(UncheckedIOException failed) {
        return of(requireNonNull(failed.getCause()));
    }

    private static FileFailure ofReason(Optional<String> file, String reason) {
        boolean full = Stream.of("no space left", "quota").anyMatch(reason.toLowerCase(Locale.ROOT)::contains);
        return new FileFailure(file, reason, full ? "Make room on the disk, then run this again." : AGAIN);
    }

    /** What happened and what to do. */
    public String sentences() {
        return file.map(name -> name + " cannot be used: ").orElse("A file cannot be read or written: ") + reason + ". "
                + advice;
    }
}
