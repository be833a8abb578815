#!/usr/bin/env python3
"""Writes sframe-profile.json: vectors of docs/sframe-profile.md.

A second implementation of the profile, written from the documents alone and sharing nothing with
the C++ one (not even the ciphers), so that the two check each other.
"""
import hashlib
import hmac
import json
import struct

# RFC 8439: ChaCha20, Poly1305; draft-irtf-cfrg-xchacha: HChaCha20.
MASK = 0xFFFFFFFF
CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def rotate(value, count):
    return (value << count | value >> (32 - count)) & MASK


def rounds(state):
    s = list(state)
    columns = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
    diagonals = [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    for _ in range(10):
        for a, b, c, d in columns + diagonals:
            s[a] = s[a] + s[b] & MASK
            s[d] = rotate(s[d] ^ s[a], 16)
            s[c] = s[c] + s[d] & MASK
            s[b] = rotate(s[b] ^ s[c], 12)
            s[a] = s[a] + s[b] & MASK
            s[d] = rotate(s[d] ^ s[a], 8)
            s[c] = s[c] + s[d] & MASK
            s[b] = rotate(s[b] ^ s[c], 7)
    return s


def chacha20_block(key, counter, nonce):
    state = [*CONSTANTS, *struct.unpack("<8I", key), counter, *struct.unpack("<3I", nonce)]
    return struct.pack("<16I", *(a + b & MASK for a, b in zip(state, rounds(state))))


def hchacha20(key, nonce16):
    s = rounds([*CONSTANTS, *struct.unpack("<8I", key), *struct.unpack("<4I", nonce16)])
    return struct.pack("<8I", *s[:4], *s[12:])


def poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    accumulator = 0
    for at in range(0, len(message), 16):
        block = message[at:at + 16] + b"\x01"
        accumulator = (accumulator + int.from_bytes(block, "little")) * r % (2**130 - 5)
    tag = accumulator + int.from_bytes(key[16:], "little")
    return (tag & (1 << 128) - 1).to_bytes(16, "little")


def chacha20_poly1305(key, nonce, aad, plain):
    stream = b"".join(chacha20_block(key, 1 + i, nonce) for i in range(len(plain) // 64 + 1))
    ciphertext = bytes(a ^ b for a, b in zip(plain, stream))
    pad = lambda data: data + bytes(-len(data) % 16)
    lengths = struct.pack("<QQ", len(aad), len(ciphertext))
    one_time_key = chacha20_block(key, 0, nonce)[:32]
    return ciphertext + poly1305(one_time_key, pad(aad) + pad(ciphertext) + lengths)


def xchacha20_poly1305(key, nonce24, aad, plain):
    subkey = hchacha20(key, nonce24[:16])
    return chacha20_poly1305(subkey, bytes(4) + nonce24[16:], aad, plain)


# RFC 5869
def hkdf_extract(salt, input_key):
    return hmac.new(salt, input_key, hashlib.sha256).digest()


def hkdf_expand(prk, info, size):
    out, block = b"", b""
    for n in range(1, size // 32 + 2):
        block = hmac.new(prk, block + info + bytes([n]), hashlib.sha256).digest()
        out += block
    return out[:size]


# RFC 9605 with Sotto's suite
SUITE = 0xF001


def sframe_header(kid, ctr):
    def half(value):
        if value < 8:
            return value, b""
        size = (value.bit_length() + 7) // 8
        return 8 | size - 1, value.to_bytes(size, "big")
    (k, kid_bytes), (c, ctr_bytes) = half(kid), half(ctr)
    return bytes([k << 4 | c]) + kid_bytes + ctr_bytes


def sframe_encrypt(base_key, kid, ctr, metadata, plain):
    secret = hkdf_extract(b"", base_key)
    tail = struct.pack(">QH", kid, SUITE)
    key = hkdf_expand(secret, b"SFrame 1.0 Secret key " + tail, 32)
    salt = hkdf_expand(secret, b"SFrame 1.0 Secret salt " + tail, 12)
    nonce = (int.from_bytes(salt, "big") ^ ctr).to_bytes(12, "big")
    header = sframe_header(kid, ctr)
    return header + chacha20_poly1305(key, nonce, header + metadata, plain)


# The profile
VERSION = b"\x01"
CODECS = {"audio/opus": 1, "video/VP8": 2, "video/VP9": 3, "video/AV1": 4, "video/H264": 5,
          "video/H265": 6}


def derive(secret, label, room, gen, tail=b""):
    prk = hkdf_extract(b"sotto 1", secret)
    return hkdf_expand(prk, label + bytes([len(room)]) + room + struct.pack(">I", gen) + tail, 32)


def frame_info(codec, key_frame):
    return CODECS[codec] | (0x20 if codec.startswith("video") else 0) | (0x10 if key_frame else 0)


def escape(data):
    out, zeros = bytearray(), 0
    for byte in data:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


H264_PARAMETER_SETS = bytes.fromhex("00000001 6742e01fda014016e4 00000001 68ce3c80")


def h265_parameter_sets(frame):
    units = [unit.rstrip(b"\x00") for unit in frame.split(b"\x00\x00\x01")[1:]]
    return b"".join(b"\x00\x00\x00\x01" + unit for unit in units if unit[0] >> 1 in (32, 33, 34))


def shell(codec, key_frame, frame, blob):
    if codec == "video/VP8":
        return (bytes.fromhex("1000009d012a10001000") if key_frame else b"\x11") + blob
    if codec == "video/AV1":
        return (b"\x08" if key_frame else b"\x30") + blob
    if codec == "video/H264":
        out = H264_PARAMETER_SETS if key_frame else b""
        for at in range(0, len(blob), 1000):
            start = (b"\x65", b"\xb8", b"\x4e") if key_frame else (b"\x41", b"\xe0", b"\x58")
            prefix = start[1] if at == 0 else start[2]
            out += b"\x00\x00\x00\x01" + start[0] + prefix + escape(blob[at:at + 1000]) + b"\x80"
        return out
    if codec == "video/H265":
        start = b"\x26\x01\xac" if key_frame else b"\x02\x01\xd0"
        sets = h265_parameter_sets(frame) if key_frame else b""
        return sets + b"\x00\x00\x00\x01" + start + escape(blob) + b"\x80"
    return blob


def seal(base_key, kid, ctr, codec, key_frame, frame):
    plain = bytes([frame_info(codec, key_frame)]) + frame
    return shell(codec, key_frame, frame, sframe_encrypt(base_key, kid, ctr, VERSION, plain))


# Sender keys: RFC 9605 section 5.1
def ratchet(base_key, steps):
    for _ in range(steps):
        base_key = hkdf_expand(hkdf_extract(b"", base_key), b"SFrame 1.0 Ratchet", 32)
    return base_key


def passphrase_key(passphrase):
    return hashlib.pbkdf2_hmac("sha256", passphrase, b"sotto sender key 1", 600000, 32)


def sender_keys():
    cases = []
    raw = [("raw", pattern(size, f"raw {size}"), steps) for size in (16, 32, 64) for steps in (0, 1, 127)]
    for kind, material, steps in raw + [("passphrase", b"correct horse battery staple", 0)]:
        random, index, context = int.from_bytes(pattern(8, f"{len(cases)}"), "big") >> 20, 7, 1
        first = material if kind == "raw" else passphrase_key(material)
        kid = random << 20 | index << 12 | context << 8 | steps
        base_key = ratchet(first, steps)
        frames = [{"ctr": ctr, "frame": (frame := pattern(40 + ctr, "sender")).hex(),
                   "wire": seal(base_key, kid, ctr, "video/VP9", False, frame).hex()} for ctr in (0, 1)]
        cases.append({"kind": kind, "material": material.hex(), "random": f"{random:011x}",
                      "index": index, "context": context, "steps": steps, "kid": f"{kid:016x}",
                      "base_key": base_key.hex(), "codec": "video/VP9", "frames": frames})
    return cases


def pattern(size, seed):
    return hashlib.shake_128(seed.encode()).digest(size)


def main():
    link_keys, frames, messages = [], [], []
    for room, gen in (("quiet-otter", 0), ("R", 1), ("x" * 64, 0xFFFFFFFF)):
        secret = pattern(32, "link secret of " + room)
        name = room.encode()
        link_keys.append({
            "link_secret": secret.hex(), "room": room, "gen": gen,
            "message_key": derive(secret, b"link-message", name, gen).hex(),
            "base_keys": [
                {"kid": f"{kid:016x}",
                 "base_key": derive(secret, b"link-sframe", name, gen, struct.pack(">Q", kid)).hex()}
                for kid in (0, 0x0123456789ABCDEF, 2**64 - 1)]})

    sps_pps_idr = bytes.fromhex("0000000167 42c01f8c8d405005 0000000168 ce3c80 0000000165 b80400")
    vps_sps_pps_idr = bytes.fromhex("0000000140010c01 000000014201010160 000000014401c172 000000012601af")
    inputs = [
        ("audio/opus", False, pattern(71, "opus")),
        ("audio/opus", False, b""),
        ("video/VP8", True, pattern(300, "vp8 key")), ("video/VP8", False, pattern(90, "vp8")),
        ("video/VP9", True, pattern(120, "vp9 key")), ("video/VP9", False, pattern(33, "vp9")),
        ("video/AV1", True, pattern(150, "av1 key")), ("video/AV1", False, pattern(64, "av1")),
        ("video/H264", True, sps_pps_idr + pattern(1500, "h264 key")),
        ("video/H264", False, b"\x00\x00\x00\x01\x41" + pattern(200, "h264")),
        ("video/H265", True, vps_sps_pps_idr + pattern(1500, "h265 key")),
        ("video/H265", False, b"\x00\x00\x00\x01\x02\x01" + pattern(200, "h265")),
    ]
    base_key = pattern(32, "base key")
    for ctr, (codec, key_frame, frame) in enumerate(inputs):
        kid = 0xFEDCBA9876543210
        frames.append({"base_key": base_key.hex(), "kid": f"{kid:016x}", "ctr": ctr,
                       "codec": codec, "key_frame": key_frame, "frame": frame.hex(),
                       "wire": seal(base_key, kid, ctr, codec, key_frame, frame).hex()})

    for text in (b"", b'{"name":"Ada","kids":["0123456789abcdef"]}'):
        key, endpoint, nonce = pattern(32, "message"), pattern(16, "ada"), pattern(24, "nonce")
        sealed = nonce + xchacha20_poly1305(key, nonce, VERSION + endpoint, text)
        messages.append({"message_key": key.hex(), "endpoint": endpoint.hex(),
                         "nonce": nonce.hex(), "plain": text.hex(), "sealed": sealed.hex()})

    with open(__file__.replace("sframe_profile.py", "sframe-profile.json"), "w") as file:
        json.dump({"link_keys": link_keys, "frames": frames, "messages": messages,
                   "sender_keys": sender_keys()}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
