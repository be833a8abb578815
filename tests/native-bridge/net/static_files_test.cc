#include "net/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "net/site.h"

namespace sotto::bridge {
namespace {

namespace fs = std::filesystem;

// A web root with a secret beside it, which no request may reach.
class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    top_ = fs::path(testing::TempDir()) /
           ("sotto-static-" +
            std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(top_);
    write("secret.txt", "secret");
    write("root/index.html", "<!doctype html>");
    write("root/assets/app-1f2e.js", "app");
    write("root/e2ee.wasm", "wasm");
    write("root/.env", "secret");
    write("root/.git/config", "secret");
    fs::create_symlink(top_ / "secret.txt", top_ / "root/link.txt");
    fs::create_directory_symlink(top_, top_ / "root/up");
    fs::create_symlink(top_ / "root/index.html", top_ / "root/home.html");
  }
  void TearDown() override { fs::remove_all(top_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((top_ / name).parent_path());
    std::ofstream(top_ / name) << text;
  }
  StaticFiles load() {
    auto loaded = StaticFiles::load((top_ / "root").string());
    EXPECT_TRUE(std::holds_alternative<StaticFiles>(loaded));
    return std::get<StaticFiles>(std::move(loaded));
  }
  Site site() {
    return Site(load(), [] { return std::string("{\"status\":\"ok\"}"); });
  }

  fs::path top_;
};

std::string header(const PageAnswer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (key == name) return value;
  }
  return "(none)";
}

PageAnswer get(const Site& site, std::string_view target, std::string_view etag = "") {
  return site.answer(
      {.method = "GET", .target = target, .host = "bridge.example:8080", .if_none_match = etag});
}

TEST_F(StaticFilesTest, NoRequestReachesWhatIsNotBelowTheRoot) {
  Site files = site();
  for (const char* target : {"/../secret.txt",
                             "/..%2fsecret.txt",
                             "/%2e%2e/secret.txt",
                             "/assets/../../secret.txt",
                             "//secret.txt",
                             "/./../secret.txt",
                             "/..\\secret.txt",
                             "/link.txt",
                             "/up/secret.txt",
                             "/.env",
                             "/.git/config",
                             "/assets/../.env",
                             "/%2eenv",
                             "/static/../secret.txt",
                             "secret.txt",
                             "../secret.txt",
                             "http://bridge.example/../secret.txt",
                             "/index.html/../../secret.txt",
                             "/r/../secret.txt",
                             "/assets",
                             "/assets/",
                             "*",
                             "",
                             "/e2ee.wasm/"}) {
    PageAnswer answer = get(files, target);
    EXPECT_EQ(answer.status, 404u) << target;
    EXPECT_EQ(answer.body->find("secret"), std::string::npos) << target;
  }
  EXPECT_EQ(get(files, std::string_view("/index.html\0/../x", 17)).status, 404u);
}

TEST_F(StaticFilesTest, PageIsServedAtTheRootAndForEveryRoom) {
  Site files = site();
  std::string longest(64, 'r');
  for (const std::string& target :
       {std::string("/"), std::string("/index.html"), std::string("/?x=1"),
        std::string("/r/quiet-otter"), "/r/" + longest, std::string("/home.html")}) {
    PageAnswer answer = get(files, target);
    EXPECT_EQ(answer.status, 200u) << target;
    EXPECT_EQ(*answer.body, "<!doctype html>") << target;
    EXPECT_EQ(header(answer, "Content-Type"), "text/html; charset=utf-8");
  }
  for (const std::string& target :
       {std::string("/r/"), "/r/" + longest + "r", std::string("/r/a.b"), std::string("/r/a/b")}) {
    EXPECT_EQ(get(files, target).status, 404u) << target;
  }
}

TEST_F(StaticFilesTest, WasmHasTheTypeThatStreamingCompilationNeeds) {
  Site files = site();
  EXPECT_EQ(header(get(files, "/e2ee.wasm"), "Content-Type"), "application/wasm");
  EXPECT_EQ(content_type("/x/app.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(content_type("/unknown.bin"), "application/octet-stream");
}

TEST_F(StaticFilesTest, UnchangedFileIsNotSentAgain) {
  Site files = site();
  std::string etag = header(get(files, "/"), "ETag");
  ASSERT_EQ(etag.size(), 34u);
  for (const std::string& tags : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
    PageAnswer answer = get(files, "/", tags);
    EXPECT_EQ(answer.status, 304u) << tags;
    EXPECT_TRUE(answer.body->empty());
  }
  EXPECT_EQ(get(files, "/", "\"other\"").status, 200u);
  write("root/index.html", "<!doctype html><p>new");
  EXPECT_EQ(get(site(), "/", etag).status, 200u);
}

TEST_F(StaticFilesTest, OnlyFilesWithTheirContentInTheNameAreKeptForEver) {
  Site files = site();
  EXPECT_EQ(header(get(files, "/assets/app-1f2e.js"), "Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(header(get(files, "/"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(get(files, "/healthz"), "Cache-Control"), "no-store");
}

TEST_F(StaticFilesTest, MissingFolderIsToldInASentence) {
  auto loaded = StaticFiles::load((top_ / "nowhere").string());
  ASSERT_TRUE(std::holds_alternative<std::string>(loaded));
  EXPECT_NE(std::get<std::string>(loaded).find("nowhere"), std::string::npos);
}

TEST_F(StaticFilesTest, OnlyReadingMethodsAreAnswered) {
  Site files = site();
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"}) {
    PageAnswer answer =
        files.answer({.method = method, .target = "/", .host = "h", .if_none_match = ""});
    EXPECT_EQ(answer.status, 405u) << method;
    EXPECT_EQ(header(answer, "Allow"), "GET, HEAD");
  }
}

TEST_F(StaticFilesTest, SignallingAddressAskedWithoutUpgradeSaysSo) {
  EXPECT_EQ(get(site(), "/v1/ws").status, 426u);
}

}  // namespace
}  // namespace sotto::bridge
