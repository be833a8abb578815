// Our clients as a process: one request a line on stdin, one answer a line on stdout.
//
//   {"member": ID, "op": "new", "suite": 1 | 3, "identity": TEXT, ...}     -> {}
//   {"member": ID, "op": ..., ...}                                         -> member.h
//
// Its randomness comes from the seed that it is started with.
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "crypto/init.h"
#include "interop/mls/member.h"
#include "support/seeded_random.h"

int main(int count, char** arguments) {
  using nlohmann::json;
  if (!sotto::initialize_crypto()) return 1;
  sotto::test::SeededRandom random(count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1);
  std::map<int, std::unique_ptr<sotto::mls::InteropMember>> members;
  for (std::string line; std::getline(std::cin, line);) {
    const json request = json::parse(line);
    auto& member = members[request.at("member").get<int>()];
    json answer = json::object();
    if (request.at("op") == "new") {
      member = std::make_unique<sotto::mls::InteropMember>(request, random);
    } else if (request.at("op") == "delete") {
      member = nullptr;
    } else if (member == nullptr) {
      answer["error"] = "no such member";
    } else {
      answer = member->answer(request);
    }
    std::cout << answer.dump() << '\n' << std::flush;
  }
  return 0;
}
