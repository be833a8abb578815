#include "mls/wire/framed_content.h"

#include "mls/wire/fields.h"

namespace sotto::mls {
namespace {

void write_tbs(Writer& out, WireFormat wire_format, const FramedContent& content,
               const GroupContext& context) {
  write(out, ProtocolVersion::kMls10);
  write(out, wire_format);
  write(out, content);
  SenderType sender = content.sender.sender_type;
  if (sender == SenderType::kMember || sender == SenderType::kNewMemberCommit) write(out, context);
}

}  // namespace

void read(Reader& in, Sender& sender) {
  read_closed(in, sender.sender_type, SenderType::kNewMemberCommit);
  if (sender.sender_type == SenderType::kMember) read(in, sender.leaf_index);
  if (sender.sender_type == SenderType::kExternal) sender.sender_index = in.u32();
}

void write(Writer& out, const Sender& sender) {
  write(out, sender.sender_type);
  if (sender.sender_type == SenderType::kMember) write(out, sender.leaf_index);
  if (sender.sender_type == SenderType::kExternal) out.u32(sender.sender_index);
}

void read_content(Reader& in, ContentType type, FramedContent& content) {
  switch (type) {
    case ContentType::kApplication:
      return in.opaque(content.content.emplace<ApplicationData>().application_data);
    case ContentType::kProposal:
      return read(in, content.content.emplace<Proposal>());
    case ContentType::kCommit:
      return read(in, content.content.emplace<Commit>());
  }
  in.fail(Error::kMalformed);
}

void write_content(Writer& out, const FramedContent& content) {
  if (auto* application = content.application()) out.opaque(application->application_data);
  if (auto* proposal = content.proposal()) write(out, *proposal);
  if (auto* commit = content.commit()) write(out, *commit);
}

void read_auth(Reader& in, ContentType type, FramedContentAuthData& auth) {
  in.opaque(auth.signature);
  if (type == ContentType::kCommit) in.opaque(auth.confirmation_tag);
}

void write_auth(Writer& out, ContentType type, const FramedContentAuthData& auth) {
  out.opaque(auth.signature);
  if (type == ContentType::kCommit) out.opaque(auth.confirmation_tag);
}

void read(Reader& in, FramedContent& content) {
  in.opaque(content.group_id);
  content.epoch = in.u64();
  read(in, content.sender);
  in.opaque(content.authenticated_data);
  ContentType type{};
  read_closed(in, type, ContentType::kCommit);
  read_content(in, type, content);
}

void write(Writer& out, const FramedContent& content) {
  out.opaque(content.group_id);
  out.u64(content.epoch);
  write(out, content.sender);
  out.opaque(content.authenticated_data);
  write(out, content.content_type());
  write_content(out, content);
}

void read(Reader& in, AuthenticatedContent& content) {
  read(in, content.wire_format);
  read(in, content.content);
  read_auth(in, content.content.content_type(), content.auth);
}

void write(Writer& out, const AuthenticatedContent& content) {
  write(out, content.wire_format);
  write(out, content.content);
  write_auth(out, content.content.content_type(), content.auth);
}

Bytes framed_content_tbs(WireFormat wire_format, const FramedContent& content,
                         const GroupContext& context) {
  Writer out;
  write_tbs(out, wire_format, content, context);
  return std::move(out).take();
}

Bytes authenticated_content_tbm(const AuthenticatedContent& content, const GroupContext& context) {
  Writer out;
  write_tbs(out, content.wire_format, content.content, context);
  write_auth(out, content.content.content_type(), content.auth);
  return std::move(out).take();
}

Bytes confirmed_transcript_hash_input(const AuthenticatedContent& commit) {
  Writer out;
  write(out, commit.wire_format);
  write(out, commit.content);
  out.opaque(commit.auth.signature);
  return std::move(out).take();
}

Bytes interim_transcript_hash_input(ByteView confirmation_tag) {
  Writer out;
  out.opaque(confirmation_tag);
  return std::move(out).take();
}

}  // namespace sotto::mls
