package org.lethe.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.lethe.Lethe;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyReader;

/** One run against one database under one policy. */
record Session(Database database, Policy policy, Lethe lethe) {

  /** Reads the policy first: a typo in it should not need a database to be found. */
  static Session open(LetheCommand command) {
    return open(command, command.interruption());
  }

  /** The same, with statements that only {@code interruption} cancels. */
  static Session open(LetheCommand command, Interruption interruption) {
    DatabaseUrl url = command.databaseUrl();
    Policy policy = readPolicyOrNone(command);
    Database database = new Database(url, interruption);
    return new Session(database, policy, lethe(command, database, policy));
  }

  private static Lethe lethe(LetheCommand command, Database database, Policy policy) {
    return Lethe.builder(database)
        .policy(policy)
        .deactivation(decisions -> AccountsSession.open(command, database, decisions).byRules())
        .build();
  }

  /** The same, of a database and a policy that the command line does not name. */
  static Session open(
      LetheCommand command, DatabaseUrl url, Path policyFile, Interruption interruption) {
    Policy policy = PolicyReader.read(policyFile.toString(), readText(policyFile, "policy"));
    Database database = new Database(url, interruption);
    return new Session(database, policy, lethe(command, database, policy));
  }

  /** The policy, or one that decides nothing, and says so. */
  static Policy readPolicyOrNone(LetheCommand command) {
    Optional<Policy> policy = readPolicy(command);
    if (policy.isEmpty()) {
      command
          .terminal()
          .note("note: no lethe.yaml here, so the database's own rules hold (see lethe init)");
    }
    return policy.orElseGet(Policy::empty);
  }

  /**
   * The policy, if one is named or lies here.
   *
   * @throws org.lethe.policy.PolicyException if it has faults
   */
  static Optional<Policy> readPolicy(LetheCommand command) {
    Path file = command.policyFile();
    return file == null
        ? Optional.empty()
        : Optional.of(PolicyReader.read(file.toString(), readText(file, "policy")));
  }

  /**
   * @param what the file is, for messages
   * @throws UsageException if it cannot be read
   */
  static String readText(Path file, String what) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UsageException("no such " + what + " file: " + file, e);
    } catch (MalformedInputException e) {
      throw new UsageException("the " + what + " file " + file + " is not UTF-8 text", e);
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? "is a directory" : "cannot be read";
      throw new UsageException("the " + what + " file " + file + " " + reason, e);
    }
  }
}
