// Content, its sender, and what authenticates both (RFC 9420 sections 6 and 6.1).
#pragma once

#include <optional>
#include <variant>

#include "mls/wire/commit.h"
#include "mls/wire/group_context.h"

namespace sotto::mls {

struct Sender {
  SenderType sender_type = SenderType::kMember;
  LeafIndex leaf_index;            // of member alone
  std::uint32_t sender_index = 0;  // of external alone
  friend bool operator==(const Sender&, const Sender&) = default;
};

struct ApplicationData {
  Bytes application_data;
  friend bool operator==(const ApplicationData&, const ApplicationData&) = default;
};

struct FramedContent {
  Bytes group_id;
  std::uint64_t epoch = 0;
  Sender sender;
  Bytes authenticated_data;
  // In the order of their types' numbers.
  std::variant<ApplicationData, Proposal, Commit> content;

  ContentType content_type() const { return static_cast<ContentType>(content.index() + 1); }
  const ApplicationData* application() const { return std::get_if<ApplicationData>(&content); }
  const Proposal* proposal() const { return std::get_if<Proposal>(&content); }
  const Commit* commit() const { return std::get_if<Commit>(&content); }
  friend bool operator==(const FramedContent&, const FramedContent&) = default;
};

struct FramedContentAuthData {
  Bytes signature;
  Mac confirmation_tag;  // of commits alone
  friend bool operator==(const FramedContentAuthData&, const FramedContentAuthData&) = default;
};

struct AuthenticatedContent {
  WireFormat wire_format = WireFormat::kPrivateMessage;
  FramedContent content;
  FramedContentAuthData auth;
  friend bool operator==(const AuthenticatedContent&, const AuthenticatedContent&) = default;
};

void read(Reader& in, Sender& sender);
void write(Writer& out, const Sender& sender);
void read(Reader& in, FramedContent& content);
void write(Writer& out, const FramedContent& content);
// The content alone, and what stands behind it: their shape hangs on the content's type.
void read_content(Reader& in, ContentType type, FramedContent& content);
void write_content(Writer& out, const FramedContent& content);
void read_auth(Reader& in, ContentType type, FramedContentAuthData& auth);
void write_auth(Writer& out, ContentType type, const FramedContentAuthData& auth);
void read(Reader& in, AuthenticatedContent& content);
void write(Writer& out, const AuthenticatedContent& content);

// FramedContentTBS, signed as "FramedContentTBS". The context (of the epoch that the content is
// sent in) counts for member and new_member_commit only.
Bytes framed_content_tbs(WireFormat wire_format, const FramedContent& content,
                         const GroupContext& context);

// AuthenticatedContentTBM, under the membership tag.
Bytes authenticated_content_tbm(const AuthenticatedContent& content, const GroupContext& context);

// ConfirmedTranscriptHashInput and InterimTranscriptHashInput (section 8.2).
Bytes confirmed_transcript_hash_input(const AuthenticatedContent& commit);
Bytes interim_transcript_hash_input(ByteView confirmation_tag);

}  // namespace sotto::mls
