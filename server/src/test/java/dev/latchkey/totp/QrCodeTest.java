package dev.latchkey.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What {@link QrCode} draws, read by a decoder that shares no code with it. */
class QrCodeTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    private static final int SCALE = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 60, 130, 200, 300, 500, 800})
    @DisplayName("S1-19 C26 a decoder reads the same text from the PNG and from the SVG")
    void readsBack(int length) throws Exception {
        String text = "otpauth://totp/Äcme:ada%40example.com?secret=JBSWY3DPEHPK3PXP"
                .repeat(20)
                .substring(0, length);
        QrCode code = QrCode.of(text);
        assertThat(decode(ImageIO.read(new ByteArrayInputStream(code.png())))).isEqualTo(text);
        assertThat(decode(raster(code.svg()))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1", "SHA256", "SHA512"})
    @DisplayName("S0-28 S2-05 the URL of every kind of setup is read back whole")
    void realSetups(TotpAlgorithm algorithm) throws Exception {
        String secret = Base32.encode(new byte[algorithm.seedBytes()]);
        String url = OtpauthUrl.of("Bücher & Söhne", "ada+auth@example.com", secret, algorithm, 8);
        QrCode code = QrCode.of(url);
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(code.png()));
        assertThat(png.getWidth()).isEqualTo(256);
        assertThat(png.getHeight()).isEqualTo(256);
        assertThat(decode(png)).isEqualTo(url);
        assertThat(decode(raster(code.svg()))).isEqualTo(url);
    }

    @Test
    @DisplayName("S1-19 the PNG is 256 pixels wide, and its data URL is the same image")
    void dataUrl() throws IOException {
        QrCode code = QrCode.of("otpauth://totp/Acme:ada?secret=JBSWY3DPEHPK3PXP");
        String start = "data:image/png;base64,";
        assertThat(code.pngDataUrl()).startsWith(start).hasSizeLessThan(4_000);
        byte[] png = Base64.getDecoder().decode(code.pngDataUrl().substring(start.length()));
        assertThat(png).isEqualTo(code.png());
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(256);
    }

    @Test
    @DisplayName("the SVG is one element without style, script or reference, and white behind its quiet zone")
    void plainSvg() throws Exception {
        String svg =
                QrCode.of("otpauth://totp/Acme:ada?secret=JBSWY3DPEHPK3PXP").svg();
        assertThat(svg).doesNotContain("style", "script", "href", "url(", "id=");
        assertThat(raster(svg).getRGB(1, 1)).isEqualTo(Color.WHITE.getRGB());
        assertThat(svg).hasSizeLessThan(12_000);
    }

    @Test
    void tooMuchTextIsRefused() {
        assertThatThrownBy(() -> QrCode.of("x".repeat(3_000))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Draws what the SVG's paths say, as a browser would. */
    private static BufferedImage raster(String svg) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        String[] box = root.getAttribute("viewBox").split(" ");
        int side = Integer.parseInt(box[2]);
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(box).containsExactly("0", "0", Integer.toString(side), Integer.toString(side));
        assertThat(root.getElementsByTagName("path").getLength()).isEqualTo(2);
        Element background = (Element) root.getElementsByTagName("path").item(0);
        assertThat(background.getAttribute("fill")).isEqualTo("#fff");
        assertThat(background.getAttribute("d")).isEqualTo("M0 0h" + side + "v" + side + "h-" + side + "z");

        BufferedImage image = new BufferedImage(side * SCALE, side * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        canvas.setColor(Color.BLACK);
        String path = ((Element) root.getElementsByTagName("path").item(1)).getAttribute("d");
        Matcher runs = RUN.matcher(path);
        int drawn = 0;
        while (runs.find()) {
            MatchResult run = runs.toMatchResult();
            assertThat(run.group(3)).isEqualTo(run.group(4));
            canvas.fillRect(number(run, 1), number(run, 2), number(run, 3), SCALE);
            drawn += run.group().length();
        }
        canvas.dispose();
        assertThat(drawn).as("nothing in the path but runs").isEqualTo(path.length());
        return image;
    }

    private static int number(MatchResult run, int group) {
        return Integer.parseInt(run.group(group)) * SCALE;
    }

    private static String decode(BufferedImage image) throws ReaderException {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }
}
