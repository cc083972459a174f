"""Uploads and downloads as an attacker and as a customer sends them (issue 3.2; ASVS 5.2, 5.3, 5.4)."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image
from sqlmodel import Session, select

from energo_cabinet import door
from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.models import Attachment, AttachmentPurpose, User
from energo_cabinet.services.attachment import attach, drop, forget_unclaimed, keys_without_row
from energo_cabinet.services.sign_in.user_entry import add_user
from tests import cast as make
from tests.api.browser import PASSWORD, browser
from tests.api.browser import anna as anna

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
HTML = b"<html><script>alert(document.cookie)</script></html>"


def picture(kind="JPEG", size=(640, 480), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


def heic():
    pillow_heif.register_heif_opener()
    return picture("HEIF")


def signed_in(email, ip="192.0.2.1"):
    client = browser(ip=ip)
    client.post("/api/login", data={"email": email, "password": PASSWORD})
    return client


def upload(client, content, name="meter.jpg", purpose="reading"):
    return client.post(f"/api/attachments?purpose={purpose}", files={"file": (name, content, "image/jpeg")})


def files(installation):
    return [path for path in (installation.data_dir / "attachments").rglob("*") if path.is_file()]


@pytest.mark.parametrize(("kind", "becomes"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("HEIC", "image/jpeg")])
def test_photo_is_taken_and_given_back_in_a_sandbox(anna, kind, becomes):
    client = signed_in(anna)
    answer = upload(client, heic() if kind == "HEIC" else picture(kind), "Фото счётчика.heic")
    assert answer.status_code == 201
    assert answer.json()["media_type"] == becomes
    given = client.get(f"/api/attachments/{answer.json()['id']}")
    assert Image.open(io.BytesIO(given.content)).size == (640, 480)
    assert "sandbox" in given.headers["content-security-policy"]
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["content-disposition"].startswith("inline; filename*=utf-8''%D0%A4")
    assert (given.headers["content-type"], given.headers["cache-control"]) == (becomes, "no-store")


def test_place_and_camera_are_gone_and_the_picture_stands_upright(anna):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "canary", 6
    exif.get_ifd(0x8825)[1] = "N"
    client = signed_in(anna)
    answer = upload(client, picture(exif=exif, comment=b"canary"))
    given = client.get(f"/api/attachments/{answer.json()['id']}").content
    shown = Image.open(io.BytesIO(given))
    assert shown.size == (480, 640)
    assert not shown.getexif()
    assert b"canary" not in given


@pytest.mark.parametrize("tail", [HTML, b"PK\x03\x04" + b"canary" * 9, b"%PDF-1.7 canary"])
def test_polyglot_loses_what_hid_behind_the_picture(anna, tail):
    client = signed_in(anna)
    answer = upload(client, picture() + tail)
    given = client.get(f"/api/attachments/{answer.json()['id']}").content
    assert tail[:20] not in given
    assert b"canary" not in given


@pytest.mark.parametrize("purpose", ["reading", "ticket"])
@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        HTML,
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xe0" + HTML,
        b"\x89PNG\r\n\x1a\n" + HTML,
        b"\x00\x00\x00\x18ftypheic" + HTML,
        b"BM" + bytes(60),
        b"",
        b"\xff\xd8\xff",
        picture()[:900],
    ],
)
def test_what_only_calls_itself_a_photo_is_refused_and_leaves_nothing(anna, installation, content, purpose):
    answer = upload(signed_in(anna), content, purpose=purpose)
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("attachment_")
    assert files(installation) == []


def test_pdf_is_for_tickets_only_and_always_saved_never_shown(anna):
    client = signed_in(anna)
    assert upload(client, b"%PDF-1.7\n", "a.pdf").json()["code"] == "attachment_type_reading"
    answer = upload(client, b"%PDF-1.7\n" + HTML, "счёт.html", "ticket")
    given = client.get(f"/api/attachments/{answer.json()['id']}")
    assert given.headers["content-disposition"].startswith("attachment;")
    assert (answer.json()["name"], given.headers["content-type"]) == ("счёт.pdf", "application/pdf")


def bomb(side):
    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(bytes(side // 8 + 1)) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", data) + part(b"IEND", b"")


def test_decompression_bomb_is_refused(anna, installation):
    content = bomb(20_000)
    assert len(content) < 200_000
    assert upload(signed_in(anna), content).json()["code"] == "attachment_unreadable"
    assert files(installation) == []


def test_large_photo_is_made_smaller(anna):
    client = signed_in(anna)
    answer = upload(client, picture(size=(6000, 4000), quality=40))
    shown = Image.open(io.BytesIO(client.get(f"/api/attachments/{answer.json()['id']}").content))
    assert max(shown.size) == 2560


@pytest.mark.parametrize("megabytes", [11, 10.5])
def test_eleven_megabytes_are_refused_declared_or_not(anna, installation, megabytes):
    client = signed_in(anna)
    large = picture() + bytes(int(megabytes * (1 << 20)))
    assert upload(client, large).status_code == 413
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    parts = [head + large[i : i + 65_536] if i == 0 else large[i : i + 65_536] for i in range(0, len(large), 65_536)]
    kind = {"content-type": "multipart/form-data; boundary=x"}
    streamed = client.post("/api/attachments?purpose=reading", content=iter([*parts, b"\r\n--x--\r\n"]), headers=kind)
    assert streamed.status_code == 413
    assert files(installation) == []


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\boot.ini", "/root/.ssh/id", "\u202egpj.exe", "a\r\nX: 1.jpg", ".." * 90, ""],
)
def test_name_is_a_label_and_no_path(anna, installation, name):
    answer = upload(signed_in(anna), picture(), name or "\u200b")
    assert answer.status_code == 201
    shown = answer.json()["name"]
    assert shown.endswith(".jpg")
    assert not set(shown) & set('/\\\r\n\u202e<>"')
    root = installation.data_dir / "attachments"
    (path,) = files(installation)
    assert path.resolve().is_relative_to(root.resolve()) and len(path.name) == 40


def test_strangers_get_nothing_until_the_contract_is_theirs(anna):
    owner = signed_in(anna)
    number = upload(owner, picture()).json()["id"]
    door.run_as_system(add_user, "boris@example.org", PASSWORD, "Чужой Борис")
    boris = signed_in("boris@example.org", "192.0.2.2")
    for client, status in ((boris, 404), (browser(), 401)):
        assert client.get(f"/api/attachments/{number}").status_code == status
        assert client.delete(f"/api/attachments/{number}").status_code == status
    for foreign in (2**70, 0, number + 1):
        assert owner.get(f"/api/attachments/{foreign}").status_code == 404
    assert owner.get("/api/attachments/../../secret.key").status_code == 404


def test_anonymous_may_not_even_send(anna, installation):
    assert upload(browser(), picture()).status_code == 401
    assert upload(browser(), bytes(100_000)).status_code == 413
    assert files(installation) == []


def test_foreign_page_may_not_send(anna):
    client = signed_in(anna)
    client.headers["origin"] = "https://evil.example"
    assert upload(client, picture()).status_code == 403


def test_taken_back_before_it_is_sent(anna, installation):
    client = signed_in(anna)
    number = upload(client, picture()).json()["id"]
    assert client.delete(f"/api/attachments/{number}").status_code == 204
    assert client.get(f"/api/attachments/{number}").status_code == 404
    assert files(installation) == []


def test_room_and_rate_are_limited(anna, installation):
    installation.set(limit_attachment_user="3/hour", attachment_quota_mb=10)
    client = signed_in(anna)
    with Session(get_engine()) as session:
        user = session.exec(select(User)).one()
        full = Attachment(key="b" * 40, user_id=user.id, name="a", created_at=make.NOW, size=10 << 20)
        full.purpose, full.media_type = AttachmentPurpose.TICKET, "application/pdf"
        session.add(full)
        session.commit()
    assert [upload(client, picture()).status_code for _ in range(4)] == [422, 422, 422, 429]


@pytest.mark.parametrize("body", [b"", b"not multipart", b"--x\r\n\r\n--x--"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "image/jpeg"])
def test_nonsense_is_named(anna, body, kind):
    answer = signed_in(anna).post("/api/attachments?purpose=reading", content=body, headers={"content-type": kind})
    assert answer.json()["code"] == "attachment_missing"
    assert upload(signed_in(anna), picture(), purpose="other").status_code == 422


def test_unsent_file_goes_after_a_day_a_sent_one_stays(anna, installation):
    client = signed_in(anna)
    sent, unsent = (upload(client, picture()).json()["id"] for _ in range(2))
    with Session(get_engine()) as session:
        user = session.exec(select(User)).one()
        flat = make.contract(session, make.supplier(session))
        attach(session, Subject("customer", make.NOW, user.id), [sent], flat.id, "reading 1", AttachmentPurpose.READING)
        later = Subject("system", make.NOW.replace(year=2036))
        assert forget_unclaimed(session, later) == 1
        session.commit()
        drop(keys_without_row(session, later))
    assert [client.get(f"/api/attachments/{n}").status_code for n in (sent, unsent)] == [200, 404]
    assert len(files(installation)) == 1
