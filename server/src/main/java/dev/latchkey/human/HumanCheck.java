package dev.latchkey.human;

import dev.latchkey.core.HumanChallenge;
import dev.latchkey.core.RequestContext;

/** One way to tell people from programs. */
public interface HumanCheck {
    /**
     * What to ask of a client.
     *
     * @param surplus how many failures there were beyond those that nobody is asked for; a check may become harder by it
     */
    HumanChallenge challenge(HumanPurpose purpose, int surplus, RequestContext context);

    /** Judges an answer; of any number of uses of a right one, exactly one passes. */
    HumanVerdict judge(HumanPurpose purpose, String answer, RequestContext context);
}
