"""A picture is trusted only after we have drawn it again; whatever else comes in, a sentence comes out."""

import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from plainview.classroom.evidence import images
from plainview.classroom.evidence.policy import NotTaken


def bytes_of(image: Image.Image, form: str = "JPEG", **how) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def photograph(width: int = 40, height: int = 20) -> Image.Image:
    """White, with a red corner at the top left: so we can see which way is up."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 4, height // 2))
    return image


def redrawn(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(images.redraw(io.BytesIO(raw)).jpeg))


def sentence_for(raw: bytes) -> str:
    with pytest.raises(NotTaken) as refused:
        images.redraw(io.BytesIO(raw))
    return str(refused.value)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_of_picture_come_in_and_one_comes_out(form):
    image = redrawn(bytes_of(photograph(), form))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 20))


def test_where_when_and_whose_stay_behind():
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Camera of the O'Neills", "2026:03:04 09:00:00"
    exif.get_ifd(0x8825)[2] = (42.0, 21.0, 30.0)  # where it was taken
    raw = bytes_of(photograph(), exif=exif, comment=b"Bo O'Neill", xmp=b"<x>Bo</x>", icc_profile=b"Bo" * 80)
    assert b"O'Neill" in raw
    image = redrawn(raw)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_words_inside_a_png_stay_behind():
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Author", "Bo O'Neill")
    assert b"O'Neill" not in images.redraw(io.BytesIO(bytes_of(photograph(), "PNG", pnginfo=words))).jpeg


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the stored top is the right side
    image = redrawn(bytes_of(photograph(), exif=exif, quality=95))
    assert image.size == (20, 40)
    red, _green, blue = image.getpixel((17, 3))
    assert red > 200 > 100 > blue


def test_a_large_photograph_becomes_small():
    image = redrawn(bytes_of(photograph(4000, 1000)))
    assert image.size == (1600, 400)


def test_what_is_see_through_lies_on_white_paper():
    image = redrawn(bytes_of(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))
    assert min(image.getpixel((4, 4))) > 250


def test_a_grey_scan_of_sixteen_bits_keeps_its_greys():
    scan = Image.new("I;16", (8, 8), 32768)
    assert 100 < redrawn(bytes_of(scan, "PNG")).getpixel((4, 4))[0] < 150


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_every_way_of_writing_colours_is_read(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert redrawn(bytes_of(photograph().convert(mode), form)).mode == "RGB"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"#!/bin/sh\nrm -rf /\n", "holds text"),
        (b"import os; os.system('id')", "holds text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "web page"),
        (b"\xef\xbb\xbf  <!doctype html><script>alert(1)</script>", "web page"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (b"GIF89a" + bytes(40), "JPEG, PNG or WEBP"),
        (b"BM" + bytes(60), "JPEG, PNG or WEBP"),
        (b"MZ\x90\x00" + bytes(60), "JPEG, PNG or WEBP"),
        (bytes_of(photograph(400, 400))[:600], "half there"),
        (bytes_of(photograph(), "PNG")[:-30], "half there"),
        (b"x" * (images.LARGEST + 1), "8 MB"),
    ],
    ids=lambda part: repr(part[:12]),
)
def test_each_fault_has_its_sentence(raw, said):
    assert said in sentence_for(raw)


def test_a_gif_is_not_let_in_by_another_name():
    assert "JPEG, PNG or WEBP" in sentence_for(bytes_of(photograph(), "GIF"))


def test_a_page_hidden_behind_a_photograph_is_not_kept():
    """A file that is a picture and a web page at once loses the page."""
    raw = bytes_of(photograph()) + b"<html><script>alert(1)</script></html>"
    assert b"script" not in images.redraw(io.BytesIO(raw)).jpeg


def test_a_small_file_that_would_fill_the_memory_is_refused_before_a_pixel_is_decoded(monkeypatch):
    bomb = bytes_of(Image.new("1", (20_000, 9_000)), "PNG")
    assert len(bomb) < 200_000
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("a pixel was decoded"))
    assert "50 million" in sentence_for(bomb)


def test_one_pixel_more_than_we_take():
    assert "50 million" in sentence_for(bytes_of(Image.new("1", (10_000, 5_001)), "PNG"))


def test_an_image_of_many_pictures_gives_its_first():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black")]
    moving = bytes_of(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert min(redrawn(moving).getpixel((4, 4))) > 200


GOOD = {form: bytes_of(photograph(64, 64), form) for form in ("JPEG", "PNG", "WEBP")}
STARTS = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBPVP8 ", b"<svg", b"GIF89a"]


def is_a_picture_of_ours_or_a_sentence(raw: bytes) -> None:
    try:
        picture = images.redraw(io.BytesIO(raw))
    except NotTaken as refused:
        assert str(refused)
        return
    image = Image.open(io.BytesIO(picture.jpeg))
    image.load()
    assert image.format == "JPEG"
    assert max(image.size) <= images.LONGEST_SIDE


@given(st.sampled_from(STARTS), st.binary(max_size=400))
@example(b"", b"\x00")
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_come_in_a_picture_or_a_sentence_comes_out(start, rest):
    is_a_picture_of_ours_or_a_sentence(start + rest)


@given(
    form=st.sampled_from(sorted(GOOD)),
    wounds=st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=8)), max_size=6),
    cut=st.integers(0, 2000),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_wounded_picture_is_a_picture_or_a_sentence(form, wounds, cut):
    raw = bytearray(GOOD[form])
    for at, what in wounds:
        raw[at % len(raw) : at % len(raw) + len(what)] = what
    is_a_picture_of_ours_or_a_sentence(bytes(raw[: len(raw) - cut % len(raw)]))


def test_a_picture_is_stored_by_its_fingerprint_in_the_childs_own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = images.redraw(io.BytesIO(GOOD["PNG"]))
    path = images.store(picture, student_pk=7)
    assert path == f"7/{picture.digest}.jpg"
    with images.open_stored(path) as file:
        assert file.read() == picture.jpeg
    assert images.store(picture, student_pk=7) == path
    assert len(list((tmp_path / "7").iterdir())) == 1
    images.remove_all_of(7)
    assert not (tmp_path / "7").exists()
