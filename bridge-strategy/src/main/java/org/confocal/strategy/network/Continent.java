package org.confocal.strategy.network;

/** Where a cloud region belongs in the price lists of its provider. */
public enum Continent {
    NORTH_AMERICA("NA"),
    SOUTH_AMERICA("SA"),
    EUROPE("EU"),
    MIDDLE_EAST("ME"),
    AFRICA("AF"),
    ASIA("AS"),
    OCEANIA("OC");

    private final String code;

    Continent(String code) {
        this.code = code;
    }

    static Continent of(String code) {
        for (Continent continent : values()) {
            if (continent.code.equals(code)) {
                return continent;
            }
        }
        throw new IllegalArgumentException("not a continent: " + code);
    }
}
