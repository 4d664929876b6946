package dev.latchkey.boot.doctor;

import dev.latchkey.boot.OperationsListener;
import java.io.IOException;
import java.util.List;

/** Whether a server of this configuration runs here, and is well. */
final class RunningServer implements Check {
    @Override
    public String name() {
        return "running server";
    }

    @Override
    public List<Finding> run(Installation installation) {
        try {
            OperationsListener.Answer answer = installation.listener().get("/health");
            return answer.status() == 200
                    ? ok("The server on this machine is ready.")
                    : fail("The server on this machine is not ready: "
                            + answer.body().strip());
        } catch (IOException away) {
            return installation.isProduction()
                    ? warn("No server of this configuration answers on this machine (" + away.getMessage()
                            + "). If one should run, its log says why it does not.")
                    : ok("No server of this configuration runs on this machine.");
        }
    }
}
