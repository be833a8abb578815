#include "net/security_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/site.h"

namespace sotto::bridge {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string header(const HeaderList& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "(none)";
}

std::string policy(std::string_view host, bool tls) {
  return header(security_headers(host, tls), "Content-Security-Policy");
}

TEST(SecurityHeaders, ForeignScriptsFramesAndFormsAreRefused) {
  std::string csp = policy("bridge.example", true);
  EXPECT_THAT(csp, HasSubstr("default-src 'self'"));
  EXPECT_THAT(csp, HasSubstr("script-src 'self' 'wasm-unsafe-eval'"));
  EXPECT_THAT(csp, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(csp, HasSubstr("base-uri 'none'"));
  EXPECT_THAT(csp, HasSubstr("form-action 'none'"));
  EXPECT_THAT(csp, Not(HasSubstr("unsafe-inline")));
  EXPECT_THAT(csp, Not(HasSubstr("'unsafe-eval'")));
}

TEST(SecurityHeaders, PageMayConnectOnlyToItsOwnBridge) {
  EXPECT_THAT(policy("bridge.example:8443", true),
              HasSubstr("connect-src 'self' wss://bridge.example:8443;"));
  EXPECT_THAT(policy("127.0.0.1:8080", false),
              HasSubstr("connect-src 'self' wss://127.0.0.1:8080 ws://127.0.0.1:8080;"));
}

TEST(SecurityHeaders, HostHeaderCannotWriteThePolicy) {
  for (const char* host :
       {"a; script-src *", "*", "a *", "a\r\nX-Evil: 1", "https://a", "a,b", "'self'"}) {
    EXPECT_THAT(policy(host, false), HasSubstr("connect-src 'self';")) << host;
  }
}

TEST(SecurityHeaders, PageIsIsolatedAndSendsNoReferrer) {
  auto headers = security_headers("h", false);
  EXPECT_EQ(header(headers, "Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(header(headers, "Cross-Origin-Embedder-Policy"), "require-corp");
  EXPECT_EQ(header(headers, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header(headers, "X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(header(headers, "Permissions-Policy"),
              HasSubstr("camera=(self), microphone=(self), display-capture=(self)"));
}

TEST(SecurityHeaders, TlsIsRememberedButNotForLocalhost) {
  EXPECT_EQ(header(security_headers("meet.example", true), "Strict-Transport-Security"),
            "max-age=31536000");
  EXPECT_EQ(header(security_headers("localhost:8443", true), "Strict-Transport-Security"),
            "(none)");
  EXPECT_EQ(header(security_headers("meet.example", false), "Strict-Transport-Security"), "(none)");
}

TEST(SecurityHeaders, EveryAnswerCarriesThem) {
  Site site({}, [] { return std::string("{}"); });
  for (const char* target : {"/", "/healthz", "/v1/ws", "/nowhere"}) {
    auto answer =
        site.answer({.method = "GET", .target = target, .host = "h", .if_none_match = ""});
    EXPECT_THAT(header(answer.headers, "Content-Security-Policy"), HasSubstr("default-src"))
        << target;
  }
  auto refused = site.answer({.method = "POST", .target = "/", .host = "h", .if_none_match = ""});
  EXPECT_THAT(header(refused.headers, "Content-Security-Policy"), HasSubstr("default-src"));
}

}  // namespace
}  // namespace sotto::bridge
