// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, LegState, Head, Leg} from "../../src/deal/DealTypes.sol";
import {Deals} from "../support/Deals.sol";
import {TypedData} from "../support/TypedData.sol";
import {vm} from "../support/Vm.sol";

/// @notice The escrow's hashes against another implementation of EIP-712, Foundry's own.
contract HashingTest is Deals {
    function testFuzz_hashing_dealIdIsTheTypedDataDigest(uint256 seed, uint256 count) public view {
        Head memory head = anyHead(seed);
        Leg[] memory legs = new Leg[](within(count, 1, 5));
        for (uint256 i = 0; i < legs.length; ++i) {
            legs[i] = anyLeg(uint256(keccak256(abi.encode(seed, i))));
        }
        bytes32 digest = vm.eip712HashTypedData(TypedData.dealTerms(head, legs, address(escrow)));
        eq(escrow.dealIdOf(head, legs), digest, "dealId");
    }

    function test_hashing_deliverAndAccept() public view {
        bytes32 dealId = keccak256("a deal");
        string memory deliver_ = TypedData.deliver(dealId, 3, DELIVERABLE, payee.addr, address(escrow));
        eq(deliverDigest(dealId, 3, DELIVERABLE, payee.addr), vm.eip712HashTypedData(deliver_), "Deliver");
        string memory accept_ = TypedData.accept(dealId, 3, 99, address(escrow));
        eq(acceptDigest(dealId, 3, 99), vm.eip712HashTypedData(accept_), "Accept");
    }

    function test_hashing_theVerbsAfterDelivery() public view {
        bytes32 id = keccak256("a deal");
        string memory where = string.concat('{"dealId":"', vm.toString(id), '","leg":"3"');
        string memory types = '{"name":"dealId","type":"bytes32"},{"name":"leg","type":"uint8"}';
        same("Substitute", types, string.concat(where, "}"), substituteDigest(id, 3));
        same(
            "Dispute",
            string.concat(types, ',{"name":"delivered","type":"bool"},{"name":"evidence","type":"bytes32"}'),
            string.concat(where, ',"delivered":true,"evidence":"', vm.toString(EVIDENCE), '"}'),
            disputeDigest(id, 3, true, EVIDENCE)
        );
        same(
            "Rate",
            string.concat(types, ',{"name":"byClient","type":"bool"},{"name":"rating","type":"uint8"}'),
            string.concat(where, ',"byClient":true,"rating":"9"}'),
            rateDigest(id, 3, true, 9)
        );
        same(
            "Settle",
            string.concat(
                types,
                ',{"name":"state","type":"uint8"},{"name":"occupant","type":"address"},{"name":"toPayee","type":"uint128"},{"name":"bondBack","type":"uint128"},{"name":"validBefore","type":"uint40"}'
            ),
            string.concat(
                where,
                ',"state":"4","occupant":"',
                vm.toString(payee.addr),
                '","toPayee":"4","bondBack":"5","validBefore":"6"}'
            ),
            settleDigest(id, 3, LegState.Disputed, payee.addr, Division(4, 5, 6))
        );
    }

    function test_hashing_deposit() public view {
        same(
            "Deposit",
            '{"name":"token","type":"address"},{"name":"account","type":"address"},{"name":"amount","type":"uint256"},{"name":"salt","type":"bytes32"}',
            string.concat(
                '{"token":"',
                vm.toString(address(usdc)),
                '","account":"',
                vm.toString(payee.addr),
                '","amount":"7","salt":"',
                vm.toString(EVIDENCE),
                '"}'
            ),
            depositDigest(address(usdc), payee.addr, 7, EVIDENCE)
        );
    }

    function same(string memory name, string memory types, string memory message, bytes32 digest)
        private
        view
    {
        string memory json = TypedData.verb(name, types, message, address(escrow));
        eq(digest, vm.eip712HashTypedData(json), name);
    }

    /// Any one leg and the others' hashes come to the same id as all legs, wherever the leg stands.
    function testFuzz_hashing_oneLegAndItsSiblings(uint256 count, uint256 index) public {
        Head memory head = head_();
        Leg[] memory legs = new Leg[](within(count, 1, 64));
        for (uint256 i = 0; i < legs.length; ++i) {
            legs[i] = leg_(payee, i + 1);
        }
        bytes32 dealId = open(head, legs);
        uint256 picked = within(index, 0, legs.length - 1);
        deliver(head, legs, picked);
        (uint8 state,,,) = escrow.legState(dealId, picked);
        eq(state, 3, "delivered");
    }

    function anyHead(uint256 seed) private pure returns (Head memory head) {
        bytes memory words = noise(seed, 13);
        _mask(words, [uint256(160), 256, 32, 160, 160, 32, 16, 16, 160, 16, 40, 40, 256, 0, 0, 0, 0, 0, 0]);
        return abi.decode(words, (Head));
    }

    function anyLeg(uint256 seed) private pure returns (Leg memory leg) {
        bytes memory words = noise(seed, 19);
        _mask(
            words,
            [uint256(160), 256, 32, 256, 128, 128, 128, 40, 32, 32, 16, 256, 160, 256, 32, 128, 128, 32, 32]
        );
        return abi.decode(words, (Leg));
    }

    function noise(uint256 seed, uint256 count) private pure returns (bytes memory words) {
        words = new bytes(count * 32);
        for (uint256 i = 0; i < count; ++i) {
            bytes32 word = keccak256(abi.encode(seed, i));
            assembly ("memory-safe") {
                mstore(add(add(words, 0x20), shl(5, i)), word)
            }
        }
    }

    function _mask(bytes memory words, uint256[19] memory bits) private pure {
        for (uint256 i = 0; i < words.length / 32; ++i) {
            uint256 shift = 256 - bits[i];
            assembly ("memory-safe") {
                let at := add(add(words, 0x20), shl(5, i))
                mstore(at, shr(shift, mload(at)))
            }
        }
    }
}
