package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Access tokens minted in process, beside the raw ES256 signatures of the same provider over as many bytes. Each in a JVM of its
 * own: in one, what the compiler learns of the one slows the other.
 */
final class MintBench implements Bench.Benchmark {
    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqlite(place, 10_000);
        Median minted = new Median();
        Median raw = new Median();
        String seconds = Integer.toString(place.seconds());
        for (int round = 0; round < place.rounds(); round++) {
            String[] mints = answer(place.java("256m", MintedTokens.class, dataset.folder().toString(), seconds));
            minted.add(Double.parseDouble(mints[1]));
            raw.add(Double.parseDouble(answer(place.java("256m", RawSignatures.class, mints[0], seconds))[0]));
        }
        report.add(Figure.ratio(
                "ES256 access tokens minted, own encoder", minted.get(), "/s", "raw ES256", raw.get(), 0.8));
    }

    private static String[] answer(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return line.split(" ");
    }
}
