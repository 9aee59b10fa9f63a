package org.confocal.journal.redis;

/** Redis was asked and did not do it; the message says why, in a sentence without its address. */
final class RedisTrouble extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    RedisTrouble(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
