// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DealEscrow} from "../../src/deal/DealEscrow.sol";
import {Funding, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {Deals} from "../support/Deals.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {HostileWallet} from "../support/HostileWallet.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

contract OpenTest is Deals {
    function test_open_takesTheMoneyAndActivatesTheLeg() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 100e6)));
        bytes32 dealId = open(head, legs);
        inState(dealId, 0, LegState.Active);
        inState(dealId, 1, LegState.None);
        eq(usdc.balanceOf(address(escrow)), 100e6, "escrow");
        eq(usdc.balanceOf(client.addr), 0, "client");
    }

    function test_open_publishesTheTermsVerbatim() public {
        (Head memory head, Leg[] memory legs) = (head_(), new Leg[](2));
        (legs[0], legs[1]) = (leg_(payee, 1), leg_(payee, 2));
        bytes32 dealId = escrow.dealIdOf(head, legs);
        Funding memory funding = authorization(client, 3, dealId);
        bytes[] memory sigs = new bytes[](2);
        sigs[0] = sign(payee, dealId);
        usdc.mint(client.addr, 3);
        bytes memory terms = bytes.concat(abi.encode(head), abi.encode(legs[0]), abi.encode(legs[1]));
        eq(terms.length, (13 + 2 * 19) * 32, "length");
        vm.expectEmit(address(escrow));
        emit IDealEvents.Opened(dealId, client.addr, 3, terms);
        escrow.open(head, legs, sigs, new bytes[](0), funding);
    }

    function testFuzz_open_fillsEveryLaneAndNoMore(uint256 seed) public {
        uint256 n = within(seed, 1, 64);
        Head memory head = head_();
        Leg[] memory legs = new Leg[](n);
        for (uint256 i = 0; i < n; ++i) {
            legs[i] = leg_(payee, i + 1);
        }
        bytes32 dealId = open(head, legs);
        for (uint256 i = 0; i < n + 4; ++i) {
            inState(dealId, i, i < n ? LegState.Active : LegState.None);
        }
        eq(usdc.balanceOf(address(escrow)), n * (n + 1) / 2, "escrow");
    }

    function test_open_needsNoSignatureOfAPayeeWhoSends() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        bytes32 dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, 5);
        Funding memory funding = authorization(client, 5, dealId);
        vm.prank(payee.addr);
        escrow.open(head, legs, new bytes[](1), new bytes[](0), funding);
        inState(dealId, 0, LegState.Active);
    }

    function test_open_takesTheSignatureOfAPayeeThatIsAContract() public {
        Contract1271 safe = new Contract1271(payee.addr);
        Leg memory leg = leg_(payee, 5);
        leg.payee = address(safe);
        bytes32 dealId = open(head_(), one(leg));
        inState(dealId, 0, LegState.Active);
    }

    function test_open_refusesWhatAContractPayeeDoesNotAnswerFor() public {
        HostileWallet payee_ = new HostileWallet(payee.addr, address(escrow));
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        legs[0].payee = address(payee_);
        bytes32 dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(stranger, dealId);
        bytes memory call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), allowance()));
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, address(payee_), dealId);
        refuses(client.addr, call_, why);
        sigs[0] = sign(payee, dealId);
        call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), allowance()));
        HostileWallet.Manner[4] memory bad = [
            HostileWallet.Manner.SaysNo,
            HostileWallet.Manner.Reverts,
            HostileWallet.Manner.Burns,
            HostileWallet.Manner.Mumbles
        ];
        for (uint256 i = 0; i < bad.length; ++i) {
            payee_.behave(bad[i], HostileWallet.Manner.Honest, "");
            refuses(client.addr, call_, why);
        }
    }

    /// It is asked by a staticcall, so what it does from within comes to nothing.
    function test_open_letsNoWalletIn() public {
        HostileWallet payee_ = new HostileWallet(payee.addr, address(escrow));
        payee_.behave(
            HostileWallet.Manner.Reenters,
            HostileWallet.Manner.Honest,
            abi.encodeCall(escrow.deposit, (address(usdc), address(payee_), 0, 0, allowance()))
        );
        Leg memory leg = leg_(payee, 5);
        leg.payee = address(payee_);
        bytes32 dealId = open(head_(), one(leg));
        inState(dealId, 0, LegState.Active);
    }

    function test_open_takesThePlainSignatureOfAnAccountWithDelegatedCode() public {
        vm.etch(payee.addr, hex"ef0100000000000000000000000000000000000000beef");
        bytes32 dealId = open(head_(), one(leg_(payee, 5)));
        inState(dealId, 0, LegState.Active);
    }

    function test_open_refusesWithoutThePayee() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        bytes32 dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, 5);
        Funding memory funding = authorization(client, 5, dealId);
        vm.expectRevert(
            abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, address(this), payee.addr)
        );
        escrow.open(head, legs, new bytes[](1), new bytes[](0), funding);
    }

    function test_open_refusesAStrangersSignature() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        bytes32 dealId = escrow.dealIdOf(head, legs);
        Wallet[] memory signers = new Wallet[](1);
        signers[0] = stranger;
        usdc.mint(client.addr, 5);
        bytes[] memory sigs = payeeSigs(legs, signers, dealId);
        Funding memory funding = authorization(client, 5, dealId);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payee.addr, dealId));
        escrow.open(head, legs, sigs, new bytes[](0), funding);
    }

    /// A payee that comes again need not sign again; but a signature that is given is checked.
    function test_open_refusesABadSecondSignature() public {
        (Head memory head, Leg[] memory legs) = (head_(), new Leg[](2));
        (legs[0], legs[1]) = (leg_(payee, 1), leg_(payee, 2));
        bytes32 dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](2);
        (sigs[0], sigs[1]) = (sign(payee, dealId), sign(stranger, dealId));
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payee.addr, dealId));
        escrow.open(head, legs, sigs, new bytes[](0), allowance());
    }

    function test_open_refusesASecondTime() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        bytes32 dealId = open(head, legs);
        Funding memory funding = authorization(client, 5, dealId);
        bytes[] memory sigs = new bytes[](1);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.AlreadyOpened.selector, dealId));
        escrow.open(head, legs, sigs, new bytes[](0), funding);
    }

    function test_open_refusesASecondTimeAfterTheLegClosed() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        head.openBy = uint40(now_() + 30 days);
        legs[0].due = uint40(now_() + 20 days);
        bytes32 dealId = open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        usdc.mint(client.addr, 5);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, dealId);
        vm.prank(client.addr);
        usdc.approve(address(escrow), 5);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.AlreadyOpened.selector, dealId));
        vm.prank(client.addr);
        escrow.open(head, legs, sigs, new bytes[](0), allowance());
    }

    function test_open_refusesTheWrongNumberOfSignatures() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.SignatureCountMismatch.selector, 2, 1));
        escrow.open(head, legs, new bytes[](2), new bytes[](0), allowance());
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, escrow.dealIdOf(head, legs));
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.SignatureCountMismatch.selector, 1, 0));
        escrow.open(head, legs, sigs, new bytes[](1), allowance());
    }

    /// A signature is good for one chain and one escrow, as both are in the dealId.
    function test_open_dealIdIsBoundToChainAndEscrow() public {
        (Head memory head, Leg[] memory legs) = (head_(), one(leg_(payee, 5)));
        bytes32 here = escrow.dealIdOf(head, legs);
        uint256 chain = block.chainid;
        vm.chainId(4711);
        check(escrow.dealIdOf(head, legs) != here, "another chain");
        vm.chainId(chain);
        eq(escrow.dealIdOf(head, legs), here, "the same chain again");
        check(new DealEscrow(identity).dealIdOf(head, legs) != here, "another escrow");
    }
}
