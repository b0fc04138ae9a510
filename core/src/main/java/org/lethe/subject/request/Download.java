package org.lethe.subject.request;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * An archive that was made for a request, while it can be fetched. Immutable.
 *
 * @param file where it lies; its name says nothing of anybody
 * @param sha256 of its bytes, in hexadecimal
 * @param fetched how often it was handed out
 */
public record Download(
    UUID request,
    Path file,
    String sha256,
    long bytes,
    Instant made,
    Instant expires,
    int fetched) {}
