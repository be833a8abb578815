#include "sdp/streams.h"

#include <algorithm>

#include "sdp/tokens.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::string_view kFid = "FID";
constexpr std::string_view kSend = "send";
constexpr std::size_t kMaxRid = 16;  // fits a one-byte header extension

struct Pair {
  std::uint32_t media;
  std::uint32_t rtx;
};

std::vector<Pair> read_pairs(const MediaDescription& media) {
  std::vector<Pair> pairs;
  for (const Attribute& attribute : media.attributes.list) {
    if (attribute.name != "ssrc-group" || pairs.size() == kMaxStreams) continue;
    const auto words = split(attribute.value, ' ');
    if (words.size() != 3 || words[0] != kFid) continue;
    const auto first = parse_number<std::uint32_t>(words[1]);
    const auto second = parse_number<std::uint32_t>(words[2]);
    if (first && second) pairs.push_back({*first, *second});
  }
  return pairs;
}

// a=simulcast:send q,q2;~h;f recv ...
std::string_view send_list(const MediaDescription& media) {
  const std::string* value = media.attributes.find("simulcast");
  if (value == nullptr) return {};
  const auto words = split(*value, ' ');
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    if (words[i] == kSend) return words[i + 1];
  }
  return {};
}

// a=rid:<id> send [restrictions]
std::vector<std::string_view> declared_rids(const MediaDescription& media) {
  std::vector<std::string_view> rids;
  for (const Attribute& attribute : media.attributes.list) {
    if (attribute.name != "rid" || rids.size() == kMaxStreams) continue;
    const auto words = split(attribute.value, ' ');
    if (words.size() >= 2 && words[1] == kSend && is_identifier(words[0], kMaxRid)) {
      rids.push_back(words[0]);
    }
  }
  return rids;
}

}  // namespace

std::vector<StreamSsrc> read_ssrcs(const MediaDescription& media) {
  const std::vector<Pair> pairs = read_pairs(media);
  std::vector<StreamSsrc> streams;
  const auto add = [&](std::uint32_t ssrc, std::optional<std::uint32_t> rtx) {
    const bool known = std::any_of(streams.begin(), streams.end(), [&](const StreamSsrc& stream) {
      return stream.media == ssrc || stream.rtx == ssrc;
    });
    if (!known && streams.size() < kMaxStreams) streams.push_back({ssrc, rtx});
  };
  for (const Pair& pair : pairs) add(pair.media, pair.rtx);
  for (const Attribute& attribute : media.attributes.list) {
    if (attribute.name != "ssrc") continue;
    if (const auto ssrc = parse_number<std::uint32_t>(cut(attribute.value, ' ').first)) {
      add(*ssrc, std::nullopt);
    }
  }
  return streams;
}

std::vector<std::string> read_send_rids(const MediaDescription& media, std::size_t limit) {
  const std::vector<std::string_view> declared = declared_rids(media);
  std::vector<std::string> rids;
  for (std::string_view alternatives : split(send_list(media), ';')) {
    std::string_view rid = cut(alternatives, ',').first;
    if (rid.starts_with('~')) rid.remove_prefix(1);  // paused for now
    const bool is_declared = std::find(declared.begin(), declared.end(), rid) != declared.end();
    const bool repeated = std::find(rids.begin(), rids.end(), rid) != rids.end();
    if (is_declared && !repeated && rids.size() < limit) rids.emplace_back(rid);
  }
  if (rids.empty() && declared.size() == 1) rids.emplace_back(declared.front());
  return rids;
}

}  // namespace sotto::bridge::sdp
