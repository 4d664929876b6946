package dev.latchkey.totp;

import java.util.Base64;

/** A text as a QR code, black on white with its quiet zone (ISO/IEC 18004). */
public final class QrCode {
    /** Modules of white around the code. */
    static final int QUIET_ZONE = 4;

    private static final int WIDTH = 256;
    /** Smaller ones are hard to scan; a code of very many makes the image larger. */
    private static final int SMALLEST_MODULE = 3;

    private final io.nayuki.qrcodegen.QrCode modules;

    private QrCode(io.nayuki.qrcodegen.QrCode modules) {
        this.modules = modules;
    }

    /** @throws IllegalArgumentException for more text than a QR code holds, about 2 300 bytes */
    public static QrCode of(String text) {
        try {
            return new QrCode(io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM));
        } catch (io.nayuki.qrcodegen.DataTooLongException e) {
            throw new IllegalArgumentException("more text than a QR code holds", e);
        }
    }

    /** An SVG element of 256 by 256 pixels that scales; without style, script or identifiers. */
    public String svg() {
        int side = modules.size + 2 * QUIET_ZONE;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.size; y++) {
            int x = 0;
            while (x < modules.size) {
                int run = runFrom(x, y);
                if (run > 0) {
                    path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
                    path.append('h').append(run).append("v1h-").append(run).append('z');
                }
                x += Math.max(run, 1);
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + WIDTH
                + "\" viewBox=\"0 0 "
                + side + " " + side + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v"
                + side
                + "h-" + side + "z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
    }

    /** A PNG of 256 by 256 pixels, larger only for very long texts. */
    public byte[] png() {
        int module = Math.max(SMALLEST_MODULE, WIDTH / (modules.size + 2 * QUIET_ZONE));
        int width = Math.max(WIDTH, module * (modules.size + 2 * QUIET_ZONE));
        int margin = (width - module * modules.size) / 2;
        return BlackAndWhitePng.write(
                width,
                (x, y) -> modules.getModule(Math.floorDiv(x - margin, module), Math.floorDiv(y - margin, module)));
    }

    /** The {@link #png()} as a {@code data:} URL. */
    public String pngDataUrl() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
    }

    /** How many black modules stand side by side from here. */
    private int runFrom(int x, int y) {
        int end = x;
        while (modules.getModule(end, y)) {
            end++;
        }
        return end - x;
    }
}
