// The two transcript hashes (RFC 9420 section 8.2). Both start as "".
#pragma once

#include "base/bytes.h"
#include "mls/keys/suite.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

// `input` is the ConfirmedTranscriptHashInput of the commit that begins the epoch.
HashValue confirmed_transcript_hash(ByteView interim_transcript_hash_before, ByteView input);

// `confirmation_tag` is the MAC's bytes, without a length.
HashValue interim_transcript_hash(ByteView confirmed_transcript_hash, ByteView confirmation_tag);

}  // namespace sotto::mls
