package org.confocal.journal;

/** What a batch that counts as kept has survived. */
public enum Durability {
    /** The end of the process, however sudden: the batch is the operating system's. */
    PROCESS,
    /** The end of the machine as well: the batch is on the disk, which takes as long as the disk takes. */
    MACHINE
}
