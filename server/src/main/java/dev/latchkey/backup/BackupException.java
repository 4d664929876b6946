package dev.latchkey.backup;

/** A file is no backup, is damaged or is not for this version. The message is a sentence for people that says what to do. */
public final class BackupException extends RuntimeException {
    BackupException(String sentence) {
        super(sentence, null, false, false);
    }
}
