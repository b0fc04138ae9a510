package org.lethe.policy;

import java.util.Locale;

/** What sort of personal data a column holds; {@link #NONE} says that it holds none. */
public enum Category {
  NONE,
  /** What the application calls somebody by, such as a number or a login name. */
  IDENTIFIER,
  /** Who somebody is: names, numbers of passports. */
  IDENTITY,
  NAME,
  CONTACT,
  ADDRESS,
  LOCATION,
  NETWORK,
  BIRTH,
  FINANCIAL,
  /** What article 9 of the GDPR protects. */
  SENSITIVE,
  PICTURE,
  /** What somebody wrote. */
  CONTENT,
  BEHAVIOUR,
  /** Passwords, tokens and their hashes: handed out to nobody. */
  SECRET;

  /** As the policy writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it says something about a person. */
  public boolean personal() {
    return this != NONE;
  }
}
