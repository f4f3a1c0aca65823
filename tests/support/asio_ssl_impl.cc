// Asio's TLS, compiled once; only the test servers speak it (sotevahti's clients are libcurl).
#include <boost/asio/ssl/impl/src.hpp>
