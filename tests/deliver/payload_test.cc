#include "deliver/payload.h"

#include <gtest/gtest.h>

#include "digest/mime.h"
#include "world.h"

namespace sotevahti::deliver {
namespace {

using Use = archive::People::TokenUse;

TEST(Payload, TokensTakeThePlaceOfTheirStandIns) {
  const StandIn end = make_stand_in(Use::unsubscribe, 12);
  const StandIn manage = make_stand_in(Use::manage, std::nullopt);
  const std::string mail = "To: <a@b>\r\n\r\nx/" + end.text + " y/" + manage.text + " z/" + end.text + "\r\n@home\r\n";
  const std::string payload = pack_mail({end, manage}, mail);
  const std::string sent = unpack_mail(payload, [](const StandIn& one) {
    return one.use == Use::manage ? std::string("MANAGE") : "END" + std::to_string(one.subscription.value_or(0));
  });
  EXPECT_EQ(sent, "To: <a@b>\r\n\r\nx/END12 y/MANAGE z/END12\r\n@home\r\n");
}

TEST(Payload, AMailWithoutLinksIsItself) {
  EXPECT_EQ(unpack_mail(pack_mail({}, "From: x\r\n"), [](const StandIn&) { return std::string("T"); }), "From: x\r\n");
}

TEST(Payload, StandInsSurviveTheEncodingOfTheMail) {
  for (int i = 0; i < 200; ++i) {
    const StandIn stand_in = make_stand_in(Use::unsubscribe, i);
    const std::string text = std::string(static_cast<std::size_t>(i), 'a') + " https://sote.example.org/unsubscribe/" +
                             stand_in.text + " ja muuta äöå";
    EXPECT_NE(digest::quoted_printable(text).find(stand_in.text), std::string::npos) << i;
  }
}

}  // namespace
}  // namespace sotevahti::deliver
