# Puts the tables under data/ into the binary with the assembler's .incbin, and makes embedded_data() find them.
function(dragoman_embed_data result)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/data ${CMAKE_SOURCE_DIR}/data/*.tsv ${CMAKE_SOURCE_DIR}/data/*.weights)
  list(FILTER files EXCLUDE REGEX "^knowledge/|/training/")
  list(SORT files)
  set(assembly ".section .rodata\n")
  set(table "")
  set(paths "")
  set(number 0)
  foreach(file IN LISTS files)
    string(APPEND assembly ".balign 64\ndragoman_data_${number}:\n.incbin \"${CMAKE_SOURCE_DIR}/data/${file}\"\ndragoman_data_${number}_end:\n.byte 0\n")
    string(APPEND assembly ".global dragoman_data_${number}\n.global dragoman_data_${number}_end\n")
    string(APPEND externs "extern \"C\" const char dragoman_data_${number}[], dragoman_data_${number}_end[];\n")
    string(APPEND table "    {\"${file}\", dragoman_data_${number}, dragoman_data_${number}_end},\n")
    list(APPEND paths ${CMAKE_SOURCE_DIR}/data/${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
  set(folder ${CMAKE_BINARY_DIR}/embedded)
  file(CONFIGURE OUTPUT ${folder}/data.s CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/embedded.cc CONTENT "// Made by cmake/embed.cmake.
#include \"dragoman/base/embedded.h\"
#include <cstdio>
#include <cstdlib>
${externs}
namespace dragoman {
namespace {
struct File { std::string_view path; const char* begin; const char* end; };
const File files[] = {
${table}    {\"\", nullptr, nullptr}};
}  // namespace
std::string_view embedded_data(std::string_view path) {
  for (const File& file : files)
    if (file.begin && file.path == path) return {file.begin, static_cast<std::size_t>(file.end - file.begin)};
  std::fprintf(stderr, \"dragoman: no embedded data/%.*s\\n\", static_cast<int>(path.size()), path.data());
  std::abort();
}
}  // namespace dragoman
" @ONLY)
  set_source_files_properties(${folder}/data.s PROPERTIES OBJECT_DEPENDS "${paths}")
  set(${result} ${folder}/data.s ${folder}/embedded.cc PARENT_SCOPE)
endfunction()
