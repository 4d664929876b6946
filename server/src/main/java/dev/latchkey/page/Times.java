package dev.latchkey.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Times in words. The names of months stand in message files: those of the JDK are megabytes, and not in every image. */
final class Times {
    private static final String FILES = "/dev/latchkey/page/times";

    private Times() {}

    static String words(Language language, Instant time) {
        Texts texts = Loaded.WORDING.in(language.locale());
        ZonedDateTime at = time.atZone(ZoneOffset.UTC);
        List<String> months = List.of(texts.get("months").split(","));
        return texts.get(
                "time",
                Map.of(
                        "day", at.getDayOfMonth() == 1 ? texts.get("first") : Integer.toString(at.getDayOfMonth()),
                        "month", months.get(at.getMonthValue() - 1),
                        "year", Integer.toString(at.getYear()),
                        "hour", twoDigits(at.getHour()),
                        "minute", twoDigits(at.getMinute())));
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static final class Loaded {
        static final Wording WORDING = new Wording(FILES, Map.of(), Languages.ALL, OwnTexts.NONE);

        private Loaded() {}
    }
}
