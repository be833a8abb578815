// The two transcript hashes (RFC 9420 section 8.2). Both start as "".
#pragma once

#include "base/bytes.h"
#include "mls/keys/suite.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

// Of the epoch that `commit` begins.
HashValue confirmed_transcript_hash(ByteView interim_transcript_hash_before,
                                    const AuthenticatedContent& commit);

// `confirmation_tag` is the MAC's bytes, without a length.
HashValue interim_transcript_hash(ByteView confirmed_transcript_hash, ByteView confirmation_tag);

}  // namespace sotto::mls
