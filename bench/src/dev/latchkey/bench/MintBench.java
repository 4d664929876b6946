package dev.latchkey.bench;

import java.nio.charset.StandardCharsets;

/** Access tokens minted in process, beside the raw ES256 signatures of the same provider over as many bytes. */
final class MintBench implements Bench.Benchmark {
    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqlite(place, 10_000);
        Median minted = new Median();
        Median raw = new Median();
        for (int round = 0; round < place.rounds(); round++) {
            Process process = new ProcessBuilder(
                            place.java("256m", RawSignatures.class, dataset.folder().toString(), "" + place.seconds()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String[] rates = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
            process.waitFor();
            raw.add(Double.parseDouble(rates[0]));
            minted.add(Double.parseDouble(rates[1]));
        }
        report.add(Figure.ratio(
                "ES256 access tokens minted, own encoder", minted.get(), "/s", "raw ES256", raw.get(), 0.8));
    }
}
