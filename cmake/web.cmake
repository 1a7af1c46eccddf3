# The explorer's page (web/app), built by npm and put into the binary: the library dragoman_web_assets, which defines web_asset()
# (web/server/assets.h). Without node and npm, or with DRAGOMAN_EXPLORER=OFF, it has no file, and `dragoman serve` says so.
option(DRAGOMAN_EXPLORER "Build the explorer's page, if node and npm are there" ON)
find_program(NODE node)
find_program(NPM npm)
set(DRAGOMAN_WEB ${CMAKE_BINARY_DIR}/web)
if(DRAGOMAN_EXPLORER AND NODE AND NPM)
  file(GLOB_RECURSE DRAGOMAN_WEB_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/app/src/*)
  add_custom_command(
    OUTPUT ${DRAGOMAN_WEB}/assets.s ${DRAGOMAN_WEB}/assets.cc
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/app/install.mjs
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/app/build.mjs ${DRAGOMAN_WEB}
    DEPENDS ${DRAGOMAN_WEB_SOURCES} ${CMAKE_SOURCE_DIR}/web/app/install.mjs ${CMAKE_SOURCE_DIR}/web/app/build.mjs
            ${CMAKE_SOURCE_DIR}/web/app/bundle.mjs ${CMAKE_SOURCE_DIR}/web/app/licences.mjs ${CMAKE_SOURCE_DIR}/web/app/package-lock.json
    COMMENT "Building the explorer" VERBATIM)
  # The assembler reads the page's files, which the compiler cache doesn't see: same names, other bytes.
  set_source_files_properties(${DRAGOMAN_WEB}/assets.s PROPERTIES LANGUAGE ASM OBJECT_DEPENDS ${DRAGOMAN_WEB}/assets.cc)
  add_library(dragoman_web_assets STATIC ${DRAGOMAN_WEB}/assets.s ${DRAGOMAN_WEB}/assets.cc)
else()
  message(STATUS "The explorer is left out: it needs node and npm (or DRAGOMAN_EXPLORER is off)")
  file(CONFIGURE OUTPUT ${DRAGOMAN_WEB}/no_assets.cc CONTENT "// Made by cmake/web.cmake: built without the explorer.
#include \"web/server/assets.h\"
namespace dragoman::web {
std::optional<WebAsset> web_asset(std::string_view) { return std::nullopt; }
}  // namespace dragoman::web
" @ONLY)
  add_library(dragoman_web_assets STATIC ${DRAGOMAN_WEB}/no_assets.cc)
endif()
target_include_directories(dragoman_web_assets PRIVATE ${CMAKE_SOURCE_DIR})
