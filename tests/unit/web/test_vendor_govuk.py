from pathlib import Path

import pytest

from tracker.web.vendor_govuk import STATIC, vendor, without_brand

CSS = (
    ':root{--govuk-frontend-version:"9.9.9"}/*! Copyright Margaret Calvert */@font-face{font-family:GDS Transport;'
    "src:url(/assets/a.woff2)}.a{font-family:GDS Transport,arial,sans-serif}"
    ".govuk-footer__copyright-logo:before{background:url(/assets/govuk-crest.svg)}.b{color:red}"
    "\n/*# sourceMappingURL=a.css.map */"
)


def test_font_and_crest_are_taken_out_and_the_rest_is_kept() -> None:
    assert without_brand(CSS) == (
        ':root{--govuk-frontend-version:"9.9.9"}.a{font-family:Arial,Helvetica,sans-serif}.b{color:red}'
    )


def test_a_style_sheet_of_another_form_is_refused_rather_than_shipped() -> None:
    with pytest.raises(ValueError, match="still in the style sheet"):
        without_brand(".a{background:url(/x.png)}")


def test_both_files_go_into_a_folder_with_the_version(tmp_path: Path) -> None:
    source = tmp_path / "package" / "dist" / "govuk"
    source.mkdir(parents=True)
    (source / "govuk-frontend.min.css").write_text(CSS)
    (source / "govuk-frontend.min.js").write_text("let a=1\n//# sourceMappingURL=a.js.map")
    folder = vendor(tmp_path / "package", tmp_path)
    assert folder.name == "govuk-frontend-9.9.9"
    assert (folder / "govuk-frontend.min.js").read_text() == "let a=1"
    (source / "govuk-frontend.min.css").write_text(".a{}")
    with pytest.raises(ValueError, match="which version"):
        vendor(tmp_path / "package", tmp_path)


def test_the_files_that_are_served_carry_nothing_of_govuk_but_its_code() -> None:
    folder = STATIC / "govuk-frontend-6.3.0"
    css = (folder / "govuk-frontend.min.css").read_text()
    assert without_brand(css) == css
    assert "The MIT License" in (folder / "LICENCE.txt").read_text()
