// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {Deals} from "../support/Deals.sol";
import {MoodyToken, SkimmingToken} from "../support/HostileTokens.sol";
import {vm} from "../support/Vm.sol";

contract DepositTest is Deals {
    function depositCall(address token, address account, uint256 amount, bytes32 salt, Funding memory funding)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(escrow.deposit, (token, account, amount, salt, funding));
    }

    function test_deposit_byAllowance() public {
        usdc.mint(payee.addr, 70);
        vm.prank(payee.addr);
        usdc.approve(address(escrow), 70);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Deposited(address(usdc), payee.addr, 70);
        vm.prank(payee.addr);
        escrow.deposit(address(usdc), payee.addr, 70, 0, allowance());
        eq(credits(payee.addr), 70, "credit");
        vm.prank(payee.addr);
        escrow.withdraw(address(usdc), payee.addr);
        eq(usdc.balanceOf(payee.addr), 70, "and back");
    }

    /// Else anybody could move what somebody approved, again and again with one signature.
    function test_deposit_byAllowanceOnlyByTheAccountItself() public {
        usdc.mint(payee.addr, 70);
        vm.prank(payee.addr);
        usdc.approve(address(escrow), 70);
        bytes memory signed =
            bytes.concat(new bytes(128), sign(payee, depositDigest(address(usdc), payee.addr, 70, 0)));
        bytes memory call_ =
            depositCall(address(usdc), payee.addr, 70, 0, Funding(FundingKind.ALLOWANCE, signed));
        refuses(stranger.addr, call_, notParty(stranger.addr, payee.addr));
    }

    function test_deposit_relayedByAuthorization() public {
        usdc.mint(payee.addr, 70);
        bytes32 nonce = depositDigest(address(usdc), payee.addr, 70, "salt");
        Funding memory funding = authorization(payee, 70, nonce);
        vm.prank(stranger.addr);
        escrow.deposit(address(usdc), payee.addr, 70, "salt", funding);
        eq(credits(payee.addr), 70, "credit");
        bytes memory why =
            abi.encodeWithSignature("Error(string)", "FiatTokenV2: authorization is used or canceled");
        refuses(stranger.addr, depositCall(address(usdc), payee.addr, 70, "salt", funding), why);
    }

    /// What a client signed to open a deal cannot be spent as a deposit by whoever sees it first.
    function test_deposit_refusesTheAuthorizationOfADeal() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 70)));
        usdc.mint(client.addr, 70);
        Funding memory funding = authorization(client, 70, escrow.dealIdOf(head, legs));
        bytes memory why = abi.encodeWithSignature("Error(string)", "FiatTokenV2: invalid signature");
        refuses(stranger.addr, depositCall(address(usdc), client.addr, 70, 0, funding), why);
    }

    function test_deposit_refusesCredit() public {
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.FundingKindNotSupported.selector, FundingKind.CREDIT);
        Funding memory funding = Funding(FundingKind.CREDIT, "");
        refuses(payee.addr, depositCall(address(usdc), payee.addr, 1, 0, funding), why);
    }

    function test_deposit_refusesATokenWithoutCode() public {
        bytes memory why = abi.encodeWithSelector(IDealErrors.TokenWithoutCode.selector, address(0xdead));
        refuses(payee.addr, depositCall(address(0xdead), payee.addr, 1, 0, allowance()), why);
    }

    function test_deposit_refusesATokenThatSkims() public {
        SkimmingToken skimming = new SkimmingToken();
        skimming.mint(payee.addr, 100);
        bytes memory why = abi.encodeWithSelector(IDealErrors.UnexpectedTransferAmount.selector, 100, 99);
        refuses(payee.addr, depositCall(address(skimming), payee.addr, 100, 0, allowance()), why);
    }

    /// A bond is a deposit of the payee's that the signed terms take, and comes back with the price.
    function test_bond_isTakenAndComesBack() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 100)));
        legs[0].bond = 60;
        deposit(payee, 65);
        bytes32 dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, dealId);
        usdc.mint(client.addr, 100);
        Funding memory funding = authorization(client, 100, dealId);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Debited(address(usdc), payee.addr, dealId, 60);
        escrow.open(head, legs, sigs, new bytes[](0), funding);
        eq(credits(payee.addr), 5, "the rest stays");
        eq(usdc.balanceOf(address(escrow)), 165, "held");
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        eq(usdc.balanceOf(payee.addr), 160, "price and bond");
    }

    function test_bond_isLostByAMiss() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 100)));
        legs[0].bond = 60;
        open(head, legs);
        vm.warp(uint256(legs[0].due) + legs[0].grace + 1);
        lapse(head, legs, 0);
        eq(usdc.balanceOf(client.addr), 160, "price and bond");
        eq(usdc.balanceOf(address(escrow)), 0, "nothing left");
    }

    function test_bond_refusesWhoCannotPayIt() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 100)));
        legs[0].bond = 60;
        deposit(payee, 59);
        bytes32 dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, dealId);
        usdc.mint(client.addr, 100);
        Funding memory funding = authorization(client, 100, dealId);
        bytes memory call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), funding));
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.InsufficientCredit.selector, address(usdc), payee.addr, 59, 60
        );
        refuses(stranger.addr, call_, why);
    }

    // --- deals paid from credit ---

    function creditDeal(bytes memory data) private returns (bytes32 dealId, bytes memory call_) {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 100)));
        dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, dealId);
        if (data.length == 1) data = sign(data[0] == "c" ? client : stranger, dealId);
        Funding memory funding = Funding(FundingKind.CREDIT, data);
        call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), funding));
    }

    function test_credit_opensBySignatureOrByTheClient() public {
        deposit(client, 250);
        for (uint256 i = 0; i < 2; ++i) {
            (bytes32 dealId, bytes memory call_) = creditDeal(i == 0 ? bytes("c") : bytes(""));
            vm.expectEmit(address(escrow));
            emit IDealEvents.Debited(address(usdc), client.addr, dealId, 100);
            vm.prank(i == 0 ? stranger.addr : client.addr);
            (bool ok,) = address(escrow).call(call_);
            check(ok, "opened");
            inState(dealId, 0, LegState.Active);
        }
        eq(credits(client.addr), 50, "credit");
        eq(usdc.balanceOf(address(escrow)), 250, "no money moved");
    }

    function test_credit_needsTheClientsConsent() public {
        deposit(client, 100);
        (, bytes memory call_) = creditDeal("");
        refuses(stranger.addr, call_, notParty(stranger.addr, client.addr));
        bytes32 dealId;
        (dealId, call_) = creditDeal("s");
        bytes memory why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, client.addr, dealId);
        refuses(stranger.addr, call_, why);
    }

    function test_credit_needsEnough() public {
        deposit(client, 99);
        (, bytes memory call_) = creditDeal("c");
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.InsufficientCredit.selector, address(usdc), client.addr, 99, 100
        );
        refuses(stranger.addr, call_, why);
    }

    /// One token's credit is worth nothing in another.
    function test_credit_ofABadTokenPaysNoGoodOne() public {
        MoodyToken moody = new MoodyToken();
        moody.mint(client.addr, 100);
        vm.prank(client.addr);
        escrow.deposit(address(moody), client.addr, 100, 0, allowance());
        (, bytes memory call_) = creditDeal("c");
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.InsufficientCredit.selector, address(usdc), client.addr, 0, 100
        );
        refuses(stranger.addr, call_, why);
    }
}
