"""The check that ends every run finds a name, so that its silence means something."""

from pathlib import Path

from tests.log_check import demo_patients, leaks

# Not called a log: the look at every log of the run would find what these tests plant.
PLANTED = "planted.txt"


def test_a_log_that_names_a_patient_is_found(tmp_path: Path) -> None:
    log = tmp_path / PLANTED
    log.write_text('{"message": "fine"}\n{"message": "saved Okafor"}\n')
    [leak] = leaks([log], demo_patients())
    assert leak.startswith(f"{log}:2: 'Okafor'")


def test_a_record_number_is_found(tmp_path: Path) -> None:
    log = tmp_path / PLANTED
    log.write_text("Key (record_number)=(A-1001) already exists.\n")
    assert len(list(leaks([log], demo_patients()))) == 1


def test_a_part_of_another_word_is_no_leak(tmp_path: Path) -> None:
    log = tmp_path / PLANTED
    log.write_text("A-10012 and Okafors\n")
    assert list(leaks([log], demo_patients())) == []


def test_every_person_of_the_demonstration_is_looked_for() -> None:
    assert len(demo_patients()) >= 28
