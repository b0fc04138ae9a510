package org.lethe.server.home;

import org.jspecify.annotations.Nullable;

/**
 * One thing that may need somebody.
 *
 * @param figure how many, or a word
 * @param told what that means
 * @param path where one does something about it
 * @param act what the way there is called
 * @param warning whether it should not be so; null for nothing to warn of
 */
record Card(
    String title, String figure, String told, String path, String act, @Nullable String warning) {}
