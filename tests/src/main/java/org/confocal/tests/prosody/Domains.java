package org.confocal.tests.prosody;

/** The host names of a deployment, after the one that people see. */
public record Domains(String main) {
    /** The names that tests use. */
    public static Domains forTests() {
        return new Domains("meet.test");
    }

    /** Where accounts live: bridges, and the focus where it logs in as a client. */
    public String auth() {
        return "auth." + main;
    }

    /** The conference rooms. */
    public String muc() {
        return "muc." + main;
    }

    /** The breweries. */
    public String internalMuc() {
        return "internal.auth." + main;
    }

    /** Where conference requests go. */
    public String focus() {
        return "focus." + main;
    }

    /** The room where bridges announce themselves. */
    public String brewery() {
        return "jvbbrewery@" + internalMuc();
    }

    /** The address of a conference room. */
    public String room(String name) {
        return name + "@" + muc();
    }
}
