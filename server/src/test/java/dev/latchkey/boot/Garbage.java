package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** What no client in its right mind sends. */
final class Garbage {
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";

    private static final int DEEP = 10_000;

    /** One body and how it calls itself. */
    record Body(String contentType, byte[] bytes) {
        @Override
        public String toString() {
            String text = new String(bytes, UTF_8);
            return contentType + " " + (text.length() <= 60 ? text : text.substring(0, 60) + "...");
        }
    }

    private Garbage() {}

    /** Bodies that are no JSON object, or call themselves something else. */
    static List<Body> bodies() {
        List<Body> bodies = new ArrayList<>();
        for (String text : List.of(
                "",
                " ",
                "[]",
                "[{}]",
                "null",
                "true",
                "0",
                "\"x\"",
                "{",
                "}",
                "{}",
                "{\"\":0}",
                "{\"a\"}",
                "{\"email\":}",
                "{\"email\":\"a\",\"email\":\"b\"}",
                "\uFEFF{}",
                "{\"email\":" + "9".repeat(5_000) + "}",
                "{\"email\":1e999999}",
                "{\"email\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}",
                "{\"email\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
                "[".repeat(DEEP),
                "{\"" + "k".repeat(100_000) + "\":1}",
                "{\"email\":\"\\ud800\",\"password\":\"\\udfff\",\"token\":\"\\u0000\"}",
                "{\"email\":NaN}")) {
            bodies.add(new Body(JSON, text.getBytes(UTF_8)));
        }
        bodies.add(new Body(JSON, new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}));
        bodies.add(new Body(JSON, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2}));
        bodies.add(new Body(JSON, "{\"email\":\"a@example.com\"}".getBytes(UTF_16)));
        for (String type : List.of(
                "", "text/plain", "garbage", ";", "multipart/form-data", "application/json; charset=nonsense", "*/*")) {
            bodies.add(new Body(type, "{\"email\":\"a@example.com\",\"token\":\"x\"}".getBytes(UTF_8)));
        }
        for (String form :
                List.of("", "&&&", "=", "a=%", "token=%zz", "token=%00", "token=%ff%fe", "a=b&".repeat(300))) {
            bodies.add(new Body(FORM, form.getBytes(UTF_8)));
        }
        return bodies;
    }

    /** Values that a field may get instead of its own, as JSON. */
    static List<String> values() {
        List<String> values = new ArrayList<>(List.of(
                "null",
                "true",
                "-1",
                "0.5",
                "1e400",
                "9".repeat(39),
                "[]",
                "{}",
                "[\"a\",1,null]",
                "{\"a\":{\"a\":{}},\"b\":[1e308]}",
                "[".repeat(DEEP) + "]".repeat(DEEP)));
        texts().forEach(text -> values.add('"' + text + '"'));
        return values;
    }

    /** Texts as they stand between the quotes of JSON. */
    private static List<String> texts() {
        return List.of(
                "",
                " ",
                "\\u0000",
                "a\\u0000b@example.com",
                "\\ud800",
                "\\udc00\\ud800@example.com",
                "a\\r\\nBcc: b@example.com",
                "'; DROP TABLE app_user; --",
                "%_\\\\",
                "{{7*7}}${7*7}",
                "<script>alert(1)</script>",
                "\u202E\u0130\u1E9E\uFB01@ex\u00E4mple.com",
                "x@" + "a.".repeat(100) + "com",
                "x".repeat(300) + "@example.com",
                "x".repeat(70_000),
                "en-US-u-ca-buddhist-x-" + "y".repeat(50),
                "lkr_" + "A".repeat(70),
                "00000000-0000-7000-8000-000000000000");
    }

    /** Values of query parameters and path segments, encoded. */
    static List<String> encoded() {
        return List.of(
                "%00",
                "a%00b",
                "%ff",
                "%ed%a0%80",
                "%27",
                "%25_%5c",
                "-1",
                "99999999999999999999",
                "1e3",
                "%20",
                "x".repeat(2_000),
                "true",
                "2026-99-99T00:00:00Z",
                "%2b999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "MDAwMA",
                "00000000-0000-7000-8000-000000000000",
                "login.failed.v1");
    }
}
