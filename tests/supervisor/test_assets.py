"""Building the front-end assets with the real esbuild, in a copy of the sources."""

import shutil
from pathlib import Path

import brotli
import pytest

from supervisor import assets

# After compression, without htmx (15,000 bytes more).
MOST_BYTES_OF_A_PAGE = 335_000


@pytest.fixture
def checkout(tmp_path):
    """A small checkout: our sources and lock file copied, the npm packages linked."""
    shutil.copytree(assets.ROOT / "static" / "src", tmp_path / "static" / "src")
    shutil.copy(assets.ROOT / "package-lock.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(assets.ROOT / "node_modules")
    return tmp_path


def built(checkout: Path, name: str) -> Path:
    return checkout / "static" / "built" / name


def test_every_entry_is_built(checkout):
    assert assets.build(checkout)
    assert all(built(checkout, entry).stat().st_size for entry in assets.ENTRIES)


def test_nothing_is_done_twice(checkout):
    assets.build(checkout)
    assert not assets.build(checkout)


def test_a_changed_source_is_built_again(checkout):
    assets.build(checkout)
    (checkout / "static/src/styles/tokens.css").write_text(":root { --changed: 1px; }")
    assert assets.build(checkout)
    assert "--changed" in built(checkout, "app.css").read_text()


def test_a_removed_result_is_built_again(checkout):
    assets.build(checkout)
    built(checkout, "app.js").unlink()
    assert assets.build(checkout)


def test_a_result_of_an_earlier_version_goes(checkout):
    assets.build(checkout)
    built(checkout, "old.js").write_text("")
    (checkout / "static/src/theme.js").write_text("window.changed = 1;")
    assets.build(checkout)
    assert not built(checkout, "old.js").exists()


def test_a_broken_source_leaves_the_last_build_in_place(checkout):
    assets.build(checkout)
    (checkout / "static/src/app.js").write_text("const = ;")
    with pytest.raises(assets.AssetsError, match="esbuild refused"):
        assets.build(checkout)
    assert built(checkout, "app.js").read_text()


def test_without_the_npm_packages_the_error_says_what_to_run(checkout):
    (checkout / "node_modules").unlink()
    with pytest.raises(assets.AssetsError, match="make setup"):
        assets.build(checkout)


def test_no_comment_with_an_address_of_a_source_map_is_left(checkout):
    assets.build(checkout)
    assert "sourceMappingURL" not in built(checkout, "app.css").read_text()


def test_script_and_style_of_the_timeline_stay_small():
    assets.build()
    loaded = ["app.css", "app.js", "theme.js", "timeline.css", "timeline.js"]
    sizes = [len(brotli.compress((assets.ROOT / "static" / "built" / name).read_bytes())) for name in loaded]
    assert sum(sizes) <= MOST_BYTES_OF_A_PAGE
