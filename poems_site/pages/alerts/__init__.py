"""The alerts of a patient and how a hospital answers them; above all apps, for a next step may be a plan."""
