"""Tests of reading a course: pure, no database."""
