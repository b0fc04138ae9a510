package org.lethe.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;
import org.lethe.policy.Decision;
import org.lethe.policy.OnDelete;
import org.lethe.schema.TableId;

class MermaidRendererTest {

  @Test
  void writesAFlowchart() {
    Diagram diagram =
        Diagram.around(Shop.decisions(), new TableId("public", "invoice"), 1)
            .withRows(Map.of(new TableId("public", "invoice_line"), 2240L));

    assertThat(MermaidRenderer.render(diagram))
        .isEqualTo(
            """
            ---
            title: "What hangs on invoice"
            ---
            flowchart LR
              t0["address"]
              t1["customer"]
              t2["invoice"]
              t3["invoice_line<br/>2,240 rows"]
              t1 -->|"customer_id<br/>cascade"| t0
              t0 -->|"main_address_id<br/>set default"| t1
              t0 -->|"address_id<br/>undecided"| t2
              t1 -->|"customer_id<br/>undecided"| t2
              t2 -->|"invoice_id<br/>cascade"| t3
              linkStyle 0,4 stroke:#c62f2f,stroke-width:2px
              linkStyle 1 stroke:#a86500,stroke-width:2px
              linkStyle 2,3 stroke:#8a3ab9,stroke-width:2px
              style t2 stroke-width:3px
            """);
  }

  @Test
  void noNameEndsItsString() {
    TableId id = new TableId("public", "t");
    String hostile = "x\"] --> y; click z \"#quot;\n`<b>`\\";
    Diagram diagram =
        new Diagram(
            hostile,
            null,
            List.of(new Node(id, hostile, null, 0)),
            List.of(
                new Edge("r", id, id, hostile, OnDelete.PROTECT, Decision.Origin.POLICY, true)));

    String name = "x#34;#93; --#62; y#59; click z #34;#35;quot#59; #96;#60;b#62;#96;#92;";
    assertThat(MermaidRenderer.render(diagram))
        .contains("title: \"x\\\"] --> y; click z \\\"#quot; `<b>`\\\\\"\n")
        .contains("  t0[\"" + name + "\"]\n")
        .contains("  t0 -.->|\"" + name + "<br/>protect\"| t0\n");
  }
}
