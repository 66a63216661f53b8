// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {DealEscrow} from "../../src/deal/DealEscrow.sol";
import {Division, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {IIdentityRegistry} from "../../src/identity/IIdentityRegistry.sol";
import {Deals} from "../support/Deals.sol";
import {MoodyToken} from "../support/HostileTokens.sol";
import {HostileWallet} from "../support/HostileWallet.sol";
import {vm, Vm} from "../support/Vm.sol";
import {HookedToken} from "../support/WeirdTokens.sol";

/// @notice Payouts and credit against a token that behaves as it likes.
contract PayoutsTest is Deals {
    MoodyToken private moody;
    bytes private entry;
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        moody = new MoodyToken();
        head = head_();
        head.token = address(moody);
        legs.push(leg_(payee, 1000));
        (Head memory h, Leg[] memory l) = (head, legs);
        dealId = escrow.dealIdOf(h, l);
        moody.mint(client.addr, 1000);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, dealId);
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
        deliver(h, l, 0);
    }

    function test_payouts_pushWhatTheTokenTakes() public {
        MoodyToken.Mood[2] memory good = [MoodyToken.Mood.Good, MoodyToken.Mood.Silent];
        for (uint256 i = 0; i < good.length; ++i) {
            uint256 before = vm.snapshotState();
            moody.become(good[i]);
            accept(head, legs, 0, NO_RATING);
            eq(moody.balanceOf(payee.addr), 1000, "pushed");
            eq(escrow.credit(address(moody), payee.addr), 0, "credit");
            vm.revertToState(before);
        }
    }

    /// Whatever the token does, the leg closes and the money is there to fetch.
    function test_payouts_creditWhatTheTokenRefuses() public {
        MoodyToken.Mood[4] memory bad =
            [MoodyToken.Mood.False, MoodyToken.Mood.Revert, MoodyToken.Mood.Bomb, MoodyToken.Mood.Burn];
        for (uint256 i = 0; i < bad.length; ++i) {
            uint256 before = vm.snapshotState();
            moody.become(bad[i]);
            vm.expectEmit(address(escrow));
            emit IDealEvents.Credited(address(moody), payee.addr, dealId, 1000);
            accept(head, legs, 0, NO_RATING);
            inState(dealId, 0, LegState.Accepted);
            eq(escrow.credit(address(moody), payee.addr), 1000, "credit");
            moody.become(MoodyToken.Mood.Good);
            vm.prank(payee.addr);
            escrow.withdraw(address(moody), stranger.addr);
            eq(moody.balanceOf(stranger.addr), 1000, "fetched");
            vm.revertToState(before);
        }
    }

    /// A token that moves the money and denies it robs its own deals, which only that token's holders chose.
    function test_payouts_countAnOddAnswerAsARefusal() public {
        MoodyToken.Mood[2] memory odd = [MoodyToken.Mood.Two, MoodyToken.Mood.Short];
        for (uint256 i = 0; i < odd.length; ++i) {
            uint256 before = vm.snapshotState();
            moody.become(odd[i]);
            accept(head, legs, 0, NO_RATING);
            eq(escrow.credit(address(moody), payee.addr), 1000, "credit");
            vm.revertToState(before);
        }
    }

    function test_payouts_creditWhereTheTokenIsGone() public {
        vm.etch(address(moody), "");
        accept(head, legs, 0, NO_RATING);
        eq(escrow.credit(address(moody), payee.addr), 1000, "credit");
    }

    function test_payouts_sendNothingWhereNothingIsDue() public {
        (Head memory other, Leg[] memory otherLegs) = (head_(), one(leg_(payee, 70)));
        open(other, otherLegs);
        deliver(other, otherLegs, 0);
        vm.recordLogs();
        accept(other, otherLegs, 0, NO_RATING);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 transfers = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(usdc)) ++transfers;
        }
        eq(transfers, 1, "the payee's alone");
    }

    /// No verb asks for it: `Credits` refuses on its own that nothing is ever logged as credit.
    function test_payouts_logNoCreditOfNothing() public {
        OpenCredits open_ = new OpenCredits(identity);
        vm.recordLogs();
        open_.addCredit(dealId, address(usdc), payee.addr, 0);
        eq(vm.getRecordedLogs().length, 0, "logs");
        open_.addCredit(dealId, address(usdc), payee.addr, 1);
        eq(vm.getRecordedLogs().length, 1, "logs");
        eq(open_.credit(address(usdc), payee.addr), 1, "credit");
    }

    function test_payouts_toReceiversThatRevertBurnOrCallBack() public {
        HookedToken hooked = new HookedToken();
        HostileWallet account = new HostileWallet(payee.addr, address(escrow));
        hooked.register(address(account));
        (Head memory h, Leg[] memory l) = (head_(), one(leg_(payee, 1000)));
        (h.token, l[0].payee) = (address(hooked), address(account));
        hooked.mint(client.addr, 1000);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, escrow.dealIdOf(h, l));
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
        deliver(h, l, 0);
        HostileWallet.Manner[4] memory manners = [
            HostileWallet.Manner.Honest,
            HostileWallet.Manner.Reenters,
            HostileWallet.Manner.Reverts,
            HostileWallet.Manner.Burns
        ];
        bytes memory again =
            abi.encodeCall(escrow.deposit, (address(hooked), address(account), 0, 0, allowance()));
        for (uint256 i = 0; i < manners.length; ++i) {
            uint256 before = vm.snapshotState();
            account.behave(HostileWallet.Manner.Honest, manners[i], again);
            accept(h, l, 0, NO_RATING);
            eq(hooked.balanceOf(address(account)), i < 2 ? 1000 : 0, "pushed");
            eq(escrow.credit(address(hooked), address(account)), i < 2 ? 0 : 1000, "credit");
            vm.revertToState(before);
        }
    }

    /// A relayer can make the transaction fail by little gas, but never a good payout.
    function testFuzz_payouts_giveTheWholeAllowanceOrRevert(uint256 seed) public {
        bytes memory call_ =
            abi.encodeCall(escrow.accept, (head, new bytes32[](0), 0, legs[0], NO_RATING, bytes("")));
        uint256 given = within(seed, 60_000, 600_000);
        vm.prank(client.addr);
        (bool ok, bytes memory answer) = address(escrow).call{gas: given}(call_);
        if (ok) {
            eq(moody.balanceOf(payee.addr), 1000, "pushed");
            check(moody.gasSeen() > 199_000, "the whole allowance");
            check(moody.gasSeen() <= 200_000, "and no more");
        } else if (answer.length != 0) {
            check(bytes4(answer) == IDealErrors.InsufficientGas.selector, "named");
        }
    }

    /// The least gas with which the call does not fail is enough for the whole allowance.
    function test_payouts_giveTheWholeAllowanceAtTheEdge() public {
        bytes memory call_ =
            abi.encodeCall(escrow.accept, (head, new bytes32[](0), 0, legs[0], NO_RATING, bytes("")));
        (uint256 low, uint256 high) = (60_000, 600_000);
        while (high - low > 1) {
            uint256 given = (low + high) / 2;
            uint256 before = vm.snapshotState();
            vm.prank(client.addr);
            (bool ok,) = address(escrow).call{gas: given}(call_);
            if (ok) {
                high = given;
                check(moody.gasSeen() > 199_000, "the whole allowance");
            } else {
                low = given;
            }
            vm.revertToState(before);
        }
        check(high < 600_000, "there is an edge");
    }

    /// Every verb that moves money, called from within every verb that moves money.
    function test_payouts_shutEveryDoorWhileTheTokenRuns() public {
        bytes[10] memory doors = [
            abi.encodeCall(escrow.withdraw, (address(moody), stranger.addr)),
            abi.encodeCall(escrow.lapse, (head, new bytes32[](0), 0, legs[0])),
            abi.encodeCall(escrow.accept, (head, new bytes32[](0), 0, legs[0], NO_RATING, bytes(""))),
            abi.encodeCall(escrow.acceptMany, (head, legs, new uint8[](1))),
            abi.encodeCall(escrow.open, (head, legs, new bytes[](1), new bytes[](0), allowance())),
            abi.encodeCall(escrow.deposit, (address(moody), client.addr, 1, 0, allowance())),
            abi.encodeCall(escrow.join, (head, new bytes32[](0), 0, legs[0], "", "")),
            abi.encodeCall(escrow.substitute, (head, new bytes32[](0), 0, legs[0], "")),
            abi.encodeCall(escrow.rule, (head, new bytes32[](0), 0, legs[0], 0, 0, 0)),
            abi.encodeCall(
                escrow.settle, (head, new bytes32[](0), 0, legs[0], Division(0, 0, 0), bytes(""), bytes(""))
            )
        ];
        function()[7] memory outer =
            [runAccept, runAcceptMany, runLapse, runOpen, runWithdraw, runDeposit, runSettle];
        for (uint256 i = 0; i < 70; ++i) {
            uint256 before = vm.snapshotState();
            entry = doors[i % 10];
            outer[i / 10]();
            check(
                moody.refusal() == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "guarded"
            );
            vm.revertToState(before);
        }
    }

    function runAccept() private {
        moody.reenterBy(entry);
        accept(head, legs, 0, NO_RATING);
    }

    function runAcceptMany() private {
        moody.reenterBy(entry);
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.prank(client.addr);
        escrow.acceptMany(h, l, new uint8[](1));
    }

    function runLapse() private {
        vm.warp(now_() + legs[0].review + 1);
        moody.reenterBy(entry);
        lapse(head, legs, 0);
    }

    function runOpen() private {
        (Head memory h, Leg[] memory l) = (head_(), legs);
        h.token = address(moody);
        moody.mint(client.addr, 1000);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, escrow.dealIdOf(h, l));
        moody.reenterBy(entry);
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
    }

    function runWithdraw() private {
        moody.become(MoodyToken.Mood.Revert);
        accept(head, legs, 0, NO_RATING);
        moody.reenterBy(entry);
        vm.prank(payee.addr);
        escrow.withdraw(address(moody), payee.addr);
    }

    function runDeposit() private {
        moody.mint(client.addr, 1);
        moody.reenterBy(entry);
        vm.prank(client.addr);
        escrow.deposit(address(moody), client.addr, 1, 0, allowance());
    }

    function runSettle() private {
        moody.reenterBy(entry);
        settle(head, legs, 0, payee, 500, 0);
    }

    /// Invariant 10: a bad token harms its own deals alone.
    function test_payouts_leaveOtherTokensAlone() public {
        Head memory other = head_();
        Leg[] memory otherLegs = one(leg_(payee, 70));
        open(other, otherLegs);
        moody.become(MoodyToken.Mood.Revert);
        accept(head, legs, 0, NO_RATING);
        deliver(other, otherLegs, 0);
        accept(other, otherLegs, 0, NO_RATING);
        eq(usdc.balanceOf(payee.addr), 70, "paid");
        eq(usdc.balanceOf(address(escrow)), 0, "and nothing left");
    }
}

/// @notice The escrow with its bookkeeping open to anybody.
contract OpenCredits is DealEscrow {
    constructor(IIdentityRegistry registry) DealEscrow(registry) {}

    function addCredit(bytes32 dealId, address token, address account, uint256 amount) external {
        _addCredit(dealId, token, account, amount);
    }
}
