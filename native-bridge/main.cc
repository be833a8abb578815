#include <string>
#include <vector>

#include "ops/run.h"

int main(int argc, char** argv) {
  return sotto::bridge::run(std::vector<std::string>(argv + 1, argv + argc));
}
