// fuzz-deps: sotto_bridge_auth
// A token, its claims, or a file of keys: taken whole or refused; never without a signature, never
// a crash. The first byte says which.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "auth/admission.h"
#include "auth/read_keys.h"
#include "auth/signed_claims.h"
#include "base/bytes.h"

namespace {

using namespace sotto::bridge::auth;

// Their private halves were thrown away: whatever is taken under them is forged.
constexpr std::string_view kKeys =
    R"({"keys":[
{"kty":"RSA","kid":"one","e":"AQAB","n":")"
    "qknUfdyuxZPhpLYqjiAZI9YAYMieJj0a8LS5m_zuiCaV3l2jvmFxPmM_siDXtMDvHmxcItuuAAnHRPM4"
    "dsIalrOmcxPLBFkLqGBlqJ0HC2lf1jHSVOuRVbmOxskYdwFfoFX2XpcgYDpgudvhBAMARx5kreQnEgkY"
    "SOr8_gmpB4vWnbEXXfbsPoZ4i5NWM0pZYgPr8ceffkfKQn6KpjmZH9AgfJX722-zH2oDCPHnwWCm4X-B"
    "1o8qSOAXR8Q33UFg9GE9QTxwRPoi-IX-Ha9n5YwZJOEkC_1nUwr7aQxUdhwzaEuQB-ShofOwi-nhAiU6"
    "dLEaKOKrGxeERs0x0y6s-Q"
    R"("},
{"kty":"EC","crv":"P-256","kid":"two","x":"l1QYN3GQ1n30GAE8I4JXImxQ1825CkaIpzbyOpgR390","y":"DGKCp1eHAWSFLw7BWMqbOYB48VO8u-k0KNVICl2KNc8"}]})";

const KeySet& keys() {
  static const KeySet set = [] {
    auto read = read_keys(kKeys);
    if (!std::holds_alternative<ReadKeys>(read)) std::abort();
    return std::move(std::get<ReadKeys>(read).keys);
  }();
  return set;
}

void judge_claims(std::string_view text) {
  const auto claims = read_claims(text);
  if (!claims) return;
  AdmissionRules rules;
  const auto refusal = judge(*claims, rules, "quiet-otter", 1'800'000'000);
  if (refusal) {
    if (sentence(*refusal).empty()) std::abort();
    return;
  }
  const bool of_room = claims->room == "*" || claims->room == "quiet-otter";
  if (!of_room || claims->room_is_pattern || claims->expires + 30 <= 1'800'000'000) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = sotto::as_text({data + 1, size - 1});
  switch (data[0] % 3) {
    case 0:
      if (std::holds_alternative<std::string>(signed_claims(text, keys()))) std::abort();
      break;
    case 1:
      judge_claims(text);
      break;
    default: {
      const auto read = read_keys(text);
      const auto* taken = std::get_if<ReadKeys>(&read);
      if (taken && taken->keys.empty()) std::abort();
    }
  }
  return 0;
}
