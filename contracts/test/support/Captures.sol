// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CaptureOperator} from "../../src/capture/CaptureOperator.sol";
import {IAuthCaptureEscrow} from "../../src/capture/IAuthCaptureEscrow.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {
    AuthCaptureEscrowDouble,
    EIP3009CollectorDouble,
    OperatorRefundCollectorDouble
} from "../x402/AuthCaptureDoubles.sol";
import {vm} from "./Vm.sol";
import {Wallet, World} from "./World.sol";

/// @notice An operator before a double of the escrow, and its parties. What a payer signs is written out here from the
/// scheme's specification.
abstract contract Captures is World {
    uint48 internal constant WINDOW = 1 days;
    uint48 internal constant RULING = 3 days;
    uint48 internal constant CAPTURE_BY = uint48(START) + 10 days;
    uint48 internal constant REFUND_BY = uint48(START) + 20 days;
    uint120 internal constant PRICE = 5e6;
    uint256 internal constant PURSE = 1_000_000e6;

    AuthCaptureEscrowDouble internal vault;
    EIP3009CollectorDouble internal fetcher;
    OperatorRefundCollectorDouble internal returner;
    CaptureOperator internal operator;
    Wallet internal judge = wallet("judge");

    function setUp() public virtual override {
        vm.warp(START);
        usdc = new TestUSDC();
        vault = new AuthCaptureEscrowDouble();
        fetcher = new EIP3009CollectorDouble(vault);
        returner = new OperatorRefundCollectorDouble(address(vault));
        if (vm.envOr("EARNEST_RELEASE", false)) {
            operator = CaptureOperator(
                create("CaptureOperator", abi.encode(vault, returner, judge.addr, WINDOW, RULING))
            );
        } else {
            operator = new CaptureOperator(vault, address(returner), judge.addr, WINDOW, RULING);
        }
        usdc.mint(client.addr, PURSE);
        vm.prank(payee.addr);
        usdc.approve(address(operator), type(uint256).max);
    }

    function payment(uint256 salt) internal view returns (IAuthCaptureEscrow.PaymentInfo memory) {
        return IAuthCaptureEscrow.PaymentInfo({
            operator: address(operator),
            payer: client.addr,
            receiver: payee.addr,
            token: address(usdc),
            maxAmount: PRICE,
            preApprovalExpiry: CAPTURE_BY - 5 days,
            authorizationExpiry: CAPTURE_BY,
            refundExpiry: REFUND_BY,
            minFeeBps: 0,
            maxFeeBps: 0,
            feeReceiver: address(0),
            salt: salt
        });
    }

    function signed(IAuthCaptureEscrow.PaymentInfo memory info) internal view returns (bytes memory) {
        IAuthCaptureEscrow.PaymentInfo memory anybodys =
            abi.decode(abi.encode(info), (IAuthCaptureEscrow.PaymentInfo));
        anybodys.payer = address(0);
        bytes32 structHash = keccak256(
            abi.encode(
                usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
                info.payer,
                address(fetcher),
                info.maxAmount,
                0,
                info.preApprovalExpiry,
                vault.getHash(anybodys)
            )
        );
        return sign(client, digestIn(usdc.DOMAIN_SEPARATOR(), structHash));
    }

    function held(uint256 salt) internal returns (IAuthCaptureEscrow.PaymentInfo memory info) {
        info = payment(salt);
        hold(info);
    }

    function hold(IAuthCaptureEscrow.PaymentInfo memory info) internal {
        bytes memory signature = signed(info);
        vm.prank(stranger.addr);
        operator.authorize(info, info.maxAmount, address(fetcher), signature);
    }

    function frozen(uint256 salt) internal returns (IAuthCaptureEscrow.PaymentInfo memory info) {
        info = held(salt);
        vm.prank(client.addr);
        operator.freeze(info);
    }

    function freezeSignature(Wallet memory signer, IAuthCaptureEscrow.PaymentInfo memory info)
        internal
        view
        returns (bytes memory)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Earnest Capture Operator"),
                keccak256("1"),
                block.chainid,
                operator
            )
        );
        bytes32 structHash =
            keccak256(abi.encode(keccak256("Freeze(bytes32 paymentInfoHash)"), vault.getHash(info)));
        return sign(signer, digestIn(domain, structHash));
    }

    /// @dev What everybody has, in all the same.
    function has(uint256 payer, uint256 receiver, uint256 inEscrow) internal view {
        eq(usdc.balanceOf(client.addr), payer, "payer");
        eq(usdc.balanceOf(payee.addr), receiver, "receiver");
        eq(usdc.balanceOf(address(vault)), inEscrow, "escrow");
        eq(usdc.balanceOf(address(operator)), 0, "the operator holds nothing");
    }
}
