"""MCC, the certification engine of the Marca Cooperativa Canaria: composes rubric, workflows and certificates."""
