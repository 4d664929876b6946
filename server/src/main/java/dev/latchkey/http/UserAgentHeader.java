package dev.latchkey.http;

/** What clients call themselves, as it may be kept and shown. */
final class UserAgentHeader {
    private static final int MOST = 512;

    private UserAgentHeader() {}

    /** Without control characters, and cut where nobody reads on. */
    static String clean(String sent) {
        String bounded = sent.length() <= MOST ? sent : sent.substring(0, MOST);
        return hasControls(bounded) ? bounded.replaceAll("\\p{Cntrl}", "") : bounded;
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
