// The command as a user starts it, in a folder of its own that is gone afterwards. What a test does to the child's world before it starts
// (limits, rights, where its output goes) is a function.
#pragma once

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace dragoman {

struct Ran {
  int status;        ///< exit status, or 128 and the signal
  std::string out;
  std::string messages;
  long peak_kilobytes;
};

class CommandTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// Writes a file of the folder; its path.
  std::string file(const std::string& name, const std::string& bytes);
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  /// Starts the command; `before` runs in the child, after its output was led to NAME.out and NAME.err.
  pid_t start(const std::vector<std::string>& words, const std::string& name, const std::function<void()>& before = {});
  Ran run(const std::vector<std::string>& words, const std::function<void()>& before = {});

  std::filesystem::path program_, folder_;
};

[[nodiscard]] std::string slurp(const std::filesystem::path& path);
/// The first value of a query of a store, or the error.
[[nodiscard]] std::string value_in(const std::string& store, const std::string& sql);
/// Rows of small stories, no two alike.
[[nodiscard]] std::string story_rows(int count);

#define EXPECT_HAS(text, part) EXPECT_NE((text).find(part), std::string::npos) << "no \"" << (part) << "\" in: " << (text)

}  // namespace dragoman
