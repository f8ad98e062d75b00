"""Who did what when: one chained entry for every act, in the same transaction as the act."""
