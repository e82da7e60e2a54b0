package io.guanjia.trials.peer;

import me.chanjar.weixin.mp.api.WxMpMessageRouter;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.message.WxMpXmlMessage;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** As in the library's own demo for Spring Boot. */
@RestController
class CallbackController {

    private final WxMpService service;
    private final WxMpMessageRouter router;

    CallbackController(WxMpService service, WxMpMessageRouter router) {
        this.service = service;
        this.router = router;
    }

    @PostMapping(value = "/callback", produces = "application/xml; charset=UTF-8")
    ResponseEntity<String> callback(
            @RequestBody String body,
            @RequestParam String signature,
            @RequestParam String timestamp,
            @RequestParam String nonce,
            @RequestParam("msg_signature") String msgSignature) {
        if (!service.checkSignature(timestamp, nonce, signature)) {
            return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
        }
        var message =
                WxMpXmlMessage.fromEncryptedXml(
                        body, service.getWxMpConfigStorage(), timestamp, nonce, msgSignature);
        var answer = router.route(message);
        return ResponseEntity.ok(
                answer == null ? "success" : answer.toEncryptedXml(service.getWxMpConfigStorage()));
    }
}
