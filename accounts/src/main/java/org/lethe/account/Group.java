package org.lethe.account;

/**
 * A group of accounts.
 *
 * @param key within its directory
 */
public record Group(String key, String name) {}
