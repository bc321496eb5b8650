"""Files are what they are by content, not by name, and carry nothing hidden along."""

import io

import pikepdf
import pytest
from PIL import Image

from referrals.form import uploads
from referrals.form.uploads import FileRefused, clean_file


def picture(kind: str, **about) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(made, kind, **about)
    return made.getvalue()


def paper(**about) -> bytes:
    made = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Dr Hidden Author"]
    pdf.docinfo["/Author"] = "Dr Hidden Author"
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.attachments["secret.txt"] = pikepdf.AttachedFileSpec(pdf, b"hidden file")
    pdf.save(made, **about)
    return made.getvalue()


def test_a_photo_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "Hidden camera"
    exif[0x0112] = 6
    clean = clean_file("IMG 1.png", picture("JPEG", exif=exif, comment=b"Hidden words"))
    assert (clean.name, clean.content_type) == ("IMG 1.jpg", "image/jpeg")
    assert b"Hidden" not in clean.content
    again = Image.open(io.BytesIO(clean.content))
    assert not again.getexif()
    assert again.size == (30, 40)


def test_a_png_loses_its_texts():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "Hidden words")
    clean = clean_file("scan.png", picture("PNG", pnginfo=info) + b"<?php hidden")
    assert b"idden" not in clean.content
    assert clean.content_type == "image/png"


def test_a_pdf_loses_its_author_its_script_and_its_files():
    clean = clean_file("../../Letter <b>.pdf", paper())
    assert clean.name == "Letter b.pdf"
    assert b"Hidden Author" not in clean.content
    with pikepdf.open(io.BytesIO(clean.content)) as again:
        assert len(again.pages) == 1
        assert "/OpenAction" not in again.Root
        assert "/Metadata" not in again.Root
        assert not again.attachments


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"hello", "PDF, JPEG or PNG"),
        (b"MZ\x90\x00" * 20, "PDF, JPEG or PNG"),
        (b"<html><script>alert(1)</script>", "PDF, JPEG or PNG"),
        (b"GIF89a" + b"0" * 50, "PDF, JPEG or PNG"),
        (b"%PDF-1.7 nothing else", "damaged"),
        (b"\xff\xd8\xff" + b"0" * 100, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "damaged"),
        (picture("PNG")[:60], "damaged"),
    ],
)
def test_what_is_not_a_sound_file_is_refused(content, words):
    with pytest.raises(FileRefused, match=words):
        clean_file("letter.pdf", content)


def test_a_locked_pdf_is_refused():
    locked = paper(encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(FileRefused, match="password"):
        clean_file("letter.pdf", locked)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    with pytest.raises(FileRefused, match="10 MB"):
        clean_file("letter.pdf", paper())


def test_too_many_pixels_are_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIXELS", 100)
    with pytest.raises(FileRefused, match="pixels"):
        clean_file("scan.png", picture("PNG"))


@pytest.mark.django_db
class TestOnTheSite:
    """Adding, sending out and removing."""

    def add(self, client, address: str, name: str, content: bytes):
        from django.core.files.uploadedfile import SimpleUploadedFile

        return client.post(f"{address}files/", {"file": SimpleUploadedFile(name, content)})

    def test_a_file_goes_out_only_as_a_download(self, consultant, line):
        from filling import begin

        from referrals.models import Attachment

        address = begin(consultant, line)
        assert self.add(consultant, address, "letter.pdf", paper()).status_code == 302
        kept = Attachment.objects.get()
        page = consultant.get(f"/referrals/files/{kept.key}/")
        assert page.content.startswith(b"%PDF")
        assert page["Content-Disposition"] == 'attachment; filename="letter.pdf"'
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Cache-Control"] == "no-store"
        consultant.post(f"{address}files/{kept.key}/remove/")
        assert consultant.get(f"/referrals/files/{kept.key}/").status_code == 404

    def test_a_wrong_file_is_named_and_nothing_kept(self, consultant, line, monkeypatch):
        from filling import begin

        from referrals.form.views import files
        from referrals.models import Attachment

        address = begin(consultant, line)
        page = self.add(consultant, address, "letter.pdf", b"not a PDF")
        assert page.status_code == 422
        assert "PDF, JPEG or PNG" in page.content.decode()
        assert "Choose a file." in consultant.post(f"{address}files/").content.decode()
        monkeypatch.setattr(files, "MOST_BYTES", 1000)
        page = self.add(consultant, address, "letter.pdf", b"%PDF-" + b"x" * 5000)
        assert "larger than 10 MB" in page.content.decode()
        assert not Attachment.objects.exists()

    def test_another_team_cannot_fetch_a_file(self, client, consultant, line):
        import referral_people
        from filling import begin

        from referrals.models import Attachment

        self.add(consultant, begin(consultant, line), "letter.pdf", paper())
        other = referral_people.consultant(
            "other", of=referral_people.team("RBL", "Urology"), gmc="7000002"
        )
        client.force_login(other.user)
        assert client.get(f"/referrals/files/{Attachment.objects.get().key}/").status_code == 404

    def test_a_forged_upload_is_refused(self, line):
        from django.test import Client
        from filling import begin

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(line.user)
        plain = Client()
        plain.force_login(line.user)
        address = begin(plain, line)
        assert self.add(strict, address, "letter.pdf", paper()).status_code == 403
