// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEIP3009} from "../../src/token/IEIP3009.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

contract TestUSDCTest is World {
    Wallet private payer = wallet("payer");
    address private to = address(0x70);
    bytes32 private constant NONCE = keccak256("nonce");

    /// @dev An authorization from `payer` unless said, good from START - 1 to START + 100.
    struct Auth {
        address from;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
    }

    function auth(uint256 value) private view returns (Auth memory) {
        return Auth(payer.addr, value, START - 1, START + 100, NONCE);
    }

    function setUp() public override {
        super.setUp();
        usdc.mint(payer.addr, 100);
    }

    function error_(string memory text) private pure returns (bytes memory) {
        return abi.encodeWithSignature("Error(string)", string.concat("FiatTokenV2: ", text));
    }

    function signAuth(bytes32 typeHash, Auth memory a) private view returns (bytes memory) {
        bytes32 hash =
            keccak256(abi.encode(typeHash, a.from, to, a.value, a.validAfter, a.validBefore, a.nonce));
        return sign(payer, digestIn(usdc.DOMAIN_SEPARATOR(), hash));
    }

    function transfer(Auth memory a, bytes memory signature) private {
        usdc.transferWithAuthorization(a.from, to, a.value, a.validAfter, a.validBefore, a.nonce, signature);
    }

    function transferByParts(Auth memory a, bytes memory signature) private {
        (uint8 v, bytes32 r, bytes32 s) = split(signature);
        usdc.transferWithAuthorization(a.from, to, a.value, a.validAfter, a.validBefore, a.nonce, v, r, s);
    }

    function receive_(address sender, Auth memory a, bytes memory signature) private {
        vm.prank(sender);
        usdc.receiveWithAuthorization(a.from, to, a.value, a.validAfter, a.validBefore, a.nonce, signature);
    }

    function receiveByParts(address sender, Auth memory a, bytes memory signature) private {
        (uint8 v, bytes32 r, bytes32 s) = split(signature);
        vm.prank(sender);
        usdc.receiveWithAuthorization(a.from, to, a.value, a.validAfter, a.validBefore, a.nonce, v, r, s);
    }

    function split(bytes memory signature) private pure returns (uint8 v, bytes32 r, bytes32 s) {
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
            v := byte(0, mload(add(signature, 0x60)))
        }
    }

    function transferType() private view returns (bytes32) {
        return usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH();
    }

    function receiveType() private view returns (bytes32) {
        return usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH();
    }

    function test_token_isLikeUSDC() public view {
        eq(usdc.name(), "USD Coin", "name");
        eq(usdc.symbol(), "USDC", "symbol");
        eq(usdc.decimals(), 6, "decimals");
        eq(usdc.version(), "2", "version");
        // USDC's published type hashes
        eq(transferType(), 0x7c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267, "transfer");
        eq(receiveType(), 0xd099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8, "receive");
        eq(
            usdc.CANCEL_AUTHORIZATION_TYPEHASH(),
            0x158b0a9edf7a828aad02f63cd515c68ef2f50ba807396f6d12842833a1597429,
            "cancel"
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("USD Coin"),
                keccak256("2"),
                block.chainid,
                address(usdc)
            )
        );
        eq(usdc.DOMAIN_SEPARATOR(), domain, "domain");
    }

    function test_mint_isOpenUpToItsCap() public {
        uint256 cap = usdc.MINT_CAP();
        vm.prank(stranger.addr);
        usdc.mint(to, cap);
        eq(usdc.balanceOf(to), cap, "minted");
        vm.expectRevert(abi.encodeWithSelector(TestUSDC.MintAboveCap.selector, cap + 1, cap));
        usdc.mint(to, cap + 1);
    }

    function test_transferWithAuthorization_bothWays() public {
        Auth memory a = auth(30);
        vm.expectEmit(address(usdc));
        emit IEIP3009.AuthorizationUsed(payer.addr, NONCE);
        transfer(a, signAuth(transferType(), a));
        eq(usdc.balanceOf(to), 30, "bytes");
        check(usdc.authorizationState(payer.addr, NONCE), "spent");
        a.nonce = "another";
        transferByParts(a, signAuth(transferType(), a));
        eq(usdc.balanceOf(to), 60, "v, r, s");
    }

    function test_receiveWithAuthorization_bothWays() public {
        Auth memory a = auth(30);
        receive_(to, a, signAuth(receiveType(), a));
        a.nonce = "another";
        receiveByParts(to, a, signAuth(receiveType(), a));
        eq(usdc.balanceOf(to), 60, "received");
    }

    function test_receiveWithAuthorization_onlyByThePayee() public {
        Auth memory a = auth(30);
        bytes memory signature = signAuth(receiveType(), a);
        vm.expectRevert(error_("caller must be the payee"));
        receive_(stranger.addr, a, signature);
        vm.expectRevert(error_("caller must be the payee"));
        receiveByParts(stranger.addr, a, signature);
    }

    function test_authorization_worksOnce() public {
        Auth memory a = auth(30);
        bytes memory signature = signAuth(transferType(), a);
        transfer(a, signature);
        vm.expectRevert(error_("authorization is used or canceled"));
        transfer(a, signature);
    }

    function test_authorization_worksInItsWindowAlone() public {
        Auth memory a = auth(30);
        bytes memory signature = signAuth(transferType(), a);
        vm.warp(a.validAfter);
        vm.expectRevert(error_("authorization is not yet valid"));
        transfer(a, signature);
        vm.warp(a.validBefore);
        vm.expectRevert(error_("authorization is expired"));
        transfer(a, signature);
        vm.warp(a.validBefore - 1);
        transfer(a, signature);
    }

    function testFuzz_authorization_refusesEveryChange(uint8 which, uint256 change) public {
        Auth memory a = auth(30);
        bytes memory signature = signAuth(transferType(), a);
        uint256 field = which % 5;
        if (field == 0) a.value = within(change, 31, 100);
        if (field == 1) a.validAfter = within(change, 0, START - 2);
        if (field == 2) a.validBefore = within(change, START + 101, type(uint256).max);
        if (field == 3) a.nonce = keccak256(abi.encode(change));
        if (field == 4) signature = signAuth(receiveType(), a);
        vm.expectRevert(error_("invalid signature"));
        transfer(a, signature);
    }

    function test_authorization_beyondTheBalanceMovesNothing() public {
        Auth memory a = auth(101);
        bytes memory signature = signAuth(transferType(), a);
        vm.expectRevert(abi.encodeWithSignature("InsufficientBalance()"));
        transfer(a, signature);
        check(!usdc.authorizationState(payer.addr, NONCE), "not spent");
    }

    function test_authorization_ofAContract() public {
        address safe = address(new Contract1271(payer.addr));
        usdc.mint(safe, 10);
        Auth memory a = auth(10);
        a.from = safe;
        transfer(a, signAuth(transferType(), a));
        eq(usdc.balanceOf(to), 10, "paid");
    }

    /// As USDC does: with code at the account, its key alone does not count.
    function test_authorization_ofAKeyWithDelegatedCodeIsRefused() public {
        Auth memory a = auth(10);
        bytes memory signature = signAuth(transferType(), a);
        vm.etch(payer.addr, hex"ef0100000000000000000000000000000000000000beef");
        vm.expectRevert(error_("invalid signature"));
        transfer(a, signature);
    }

    function test_cancelAuthorization_bothWays() public {
        bytes32 typeHash = usdc.CANCEL_AUTHORIZATION_TYPEHASH();
        bytes32 digest = digestIn(usdc.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, payer.addr, NONCE)));
        bytes memory signature = sign(payer, digest);
        vm.expectRevert(error_("invalid signature"));
        usdc.cancelAuthorization(payer.addr, NONCE, sign(stranger, digest));
        vm.expectEmit(address(usdc));
        emit IEIP3009.AuthorizationCanceled(payer.addr, NONCE);
        usdc.cancelAuthorization(payer.addr, NONCE, signature);
        (uint8 v, bytes32 r, bytes32 s) = split(signature);
        vm.expectRevert(error_("authorization is used or canceled"));
        usdc.cancelAuthorization(payer.addr, NONCE, v, r, s);
        Auth memory a = auth(1);
        bytes memory payment = signAuth(transferType(), a);
        vm.expectRevert(error_("authorization is used or canceled"));
        transfer(a, payment);
    }

    function test_permit() public {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(typeHash, payer.addr, to, uint256(5), uint256(0), START));
        (uint8 v, bytes32 r, bytes32 s) = split(sign(payer, digestIn(usdc.DOMAIN_SEPARATOR(), hash)));
        usdc.permit(payer.addr, to, 5, START, v, r, s);
        eq(usdc.allowance(payer.addr, to), 5, "allowance");
        eq(usdc.nonces(payer.addr), 1, "nonce");
    }

    function test_permit2HasNoStandingAllowance() public view {
        eq(usdc.allowance(payer.addr, 0x000000000022D473030F116dDEE9F6B43aC78BA3), 0, "allowance");
    }
}
