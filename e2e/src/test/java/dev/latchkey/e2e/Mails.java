package dev.latchkey.e2e;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The mailbox that the server keeps in development. */
final class Mails {
    private static final Duration DELIVERY = Duration.ofSeconds(15);
    private static final Pattern CODE = Pattern.compile("\\b([0-9]{6})\\b");

    private final ServerProcess server;

    Mails(ServerProcess server) {
        this.server = server;
    }

    /** Where the newest mail with such a link leads, without the origin. */
    String link(String address, String path) {
        return await(
                address,
                "a link to " + path,
                mail -> StreamSupport.stream(mail.getAsJsonArray("links").spliterator(), false)
                        .map(JsonElement::getAsString)
                        .filter(link -> link.startsWith(server.origin() + path + "?"))
                        .map(link -> link.substring(server.origin().length()))
                        .findFirst());
    }

    /** The code in the newest mail, or text message to a number, that holds one. */
    String code(String address) {
        return await(address, "a code", Mails::code);
    }

    /** The newest code, once it is another one. */
    String codeAfter(String address, String before) {
        return await(
                () -> "another code to " + address,
                () -> newest(address, Mails::code).filter(code -> !code.equals(before)));
    }

    private static Optional<String> code(JsonObject mail) {
        Matcher found = CODE.matcher(mail.get("text").getAsString());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private interface Part {
        Optional<String> of(JsonObject mail);
    }

    private String await(String address, String what, Part part) {
        return await(() -> what + " to " + address, () -> newest(address, part));
    }

    private static String await(Supplier<String> what, Supplier<Optional<String>> sent) {
        String[] found = new String[1];
        Ready.await(DELIVERY, what, () -> {
            found[0] = sent.get().orElse("");
            return !found[0].isEmpty();
        });
        return found[0];
    }

    private Optional<String> newest(String address, Part part) {
        JsonElement list = JsonParser.parseString(server.get("/dev/mail", "application/json"));
        return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(mail -> mail.get("to").getAsString().equals(address))
                .flatMap(mail -> part.of(mail).stream())
                .findFirst();
    }
}
