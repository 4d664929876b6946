package dev.latchkey.transfer;

/**
 * What became of a file's rows; of a dry run, what would have.
 *
 * @param created accounts that are new
 * @param updated accounts that were there and are now as the file says
 * @param present accounts that were there and stayed as they were
 * @param rejected rows that could not be taken
 */
public record ImportReport(long created, long updated, long present, long rejected) {
    public long rows() {
        return created + updated + present + rejected;
    }
}
