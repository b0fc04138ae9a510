package org.lethe.diagram;

import org.lethe.policy.OnDelete;

/**
 * How what a relation does is told apart in a picture: by colour, and by word for those who see
 * none.
 */
enum Effect {
  CASCADE("cascade", "the row goes too", "#c62f2f", "#ff8a80"),
  CHANGE("change", "the row stays, its reference changes", "#a86500", "#f2b84b"),
  BLOCK("block", "stops the removal", "#1f7a4d", "#63cf97"),
  UNDECIDED("undecided", "nobody decided: stops the removal", "#8a3ab9", "#d59bf6"),
  NOTHING("nothing", "nothing happens, may dangle", "#5f6b7a", "#a3b0c2");

  final String cssClass;
  final String meaning;
  final String light;
  final String dark;

  Effect(String cssClass, String meaning, String light, String dark) {
    this.cssClass = cssClass;
    this.meaning = meaning;
    this.light = light;
    this.dark = dark;
  }

  static Effect of(OnDelete onDelete) {
    return switch (onDelete.kind()) {
      case CASCADE -> CASCADE;
      case SET_NULL, SET_DEFAULT, SET, REASSIGN -> CHANGE;
      case PROTECT, RESTRICT -> BLOCK;
      case UNDECIDED -> UNDECIDED;
      case DO_NOTHING -> NOTHING;
    };
  }

  /** The words of the policy, without underscores and values. */
  static String word(OnDelete onDelete) {
    return onDelete.kind().word().replace('_', ' ');
  }
}
